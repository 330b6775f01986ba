#!/usr/bin/env python3
"""Writes rt-detr-tiny.onnx, and to rt-detr-tiny.txt what transformers' own reader makes of its outputs.

    pip install torch==2.13.0 transformers==5.18.0 onnx onnxruntime && python3 rt-detr-tiny.py

A whole RT-DETR (Zhao et al. 2024) as Hugging Face's transformers (Apache-2.0) builds and torch exports
it, but thin and with weights drawn by chance: it sees nothing, and says so in the form of its kind. That
is what a head has to read, and no registry that the project uses carries trained ones.
"""
import pathlib

import onnxruntime
import torch
import transformers
from transformers import RTDetrConfig, RTDetrForObjectDetection, RTDetrImageProcessor, RTDetrResNetConfig
from transformers.models.rt_detr.modeling_rt_detr import RTDetrObjectDetectionOutput

HEIGHT, WIDTH = 64, 96
here = pathlib.Path(__file__).parent
torch.manual_seed(3)
model = RTDetrForObjectDetection(RTDetrConfig(
    backbone_config=RTDetrResNetConfig(
        embedding_size=8, hidden_sizes=[8, 16, 16, 16], depths=[1, 1, 1, 1], layer_type="basic",
        out_features=["stage2", "stage3", "stage4"]),
    encoder_in_channels=[16, 16, 16], encoder_hidden_dim=16, encoder_ffn_dim=16, encoder_attention_heads=2,
    decoder_in_channels=[16, 16, 16], decoder_ffn_dim=16, decoder_attention_heads=2, decoder_layers=2,
    decoder_n_points=2, d_model=16, num_feature_levels=3, num_queries=20, num_labels=3, num_denoising=0,
    hidden_expansion=0.5)).eval()
with torch.no_grad():
    for name, weights in model.named_parameters():
        if "class_embed" in name or "enc_score_head" in name:
            weights.normal_(0, 0.6)
        elif "bbox_embed" in name and weights.dim() > 1:
            weights.normal_(0, 0.5)

bgr = (torch.arange(HEIGHT * WIDTH * 3) * 7919 % 256).reshape(HEIGHT, WIDTH, 3)
images = (bgr.flip(2).permute(2, 0, 1)[None].float() / 255).contiguous()


class Outputs(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        said = self.model(pixels)
        return said.logits, said.pred_boxes


torch.onnx.export(Outputs(), (images,), here / "rt-detr-tiny.onnx", opset_version=16, dynamo=False,
                  input_names=["images"], output_names=["logits", "boxes"])
session = onnxruntime.InferenceSession(here / "rt-detr-tiny.onnx")
logits, boxes = (torch.from_numpy(said) for said in session.run(None, {"images": images.numpy()}))
found = RTDetrImageProcessor().post_process_object_detection(
    RTDetrObjectDetectionOutput(logits=logits, pred_boxes=boxes), threshold=0.3, target_sizes=[(HEIGHT, WIDTH)])[0]
lines = [f"# Made by rt-detr-tiny.py with transformers {transformers.__version__}, torch {torch.__version__}.",
         "# CLASS SCORE LEFT TOP RIGHT BOTTOM, best first, in pixels of 96x64"]
for score, label, box in zip(found["scores"], found["labels"], found["boxes"]):
    lines.append(" ".join([str(int(label)), f"{score:.6f}", *[f"{side:.4f}" for side in box]]))
(here / "rt-detr-tiny.txt").write_text("\n".join(lines) + "\n")
