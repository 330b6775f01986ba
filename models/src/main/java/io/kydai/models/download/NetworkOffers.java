package io.kydai.models.download;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The networks that {@code scripts/get-model} offers. Each was published with its weights under a
 * free licence; accuracies are their authors' own (mAP on COCO val2017).
 */
record NetworkOffers(List<OfferedNetwork> networks) {
  private static final String YOLOX =
      "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/";
  private static final String ONNX_COMMUNITY = "https://huggingface.co/onnx-community/";
  private static final String APACHE = "Apache-2.0";
  private static final String DETR_KEYS =
      "head: detr\ninput: 640x640\nlabels: coco\nqueries: 300\n";

  /** The publishers do not state YOLOX's lengths; these are well above them. */
  private static final long MAX_YOLOX = 64L * 1024 * 1024;

  NetworkOffers {
    networks = List.copyOf(networks);
  }

  /** Returns the networks of the product's own table. */
  static NetworkOffers published() {
    URI yoloxTerms = URI.create("https://github.com/Megvii-BaseDetection/YOLOX/blob/main/LICENSE");
    URI dFineTerms = URI.create("https://github.com/Peterande/D-FINE/blob/master/LICENSE");
    return new NetworkOffers(
        List.of(
            new OfferedNetwork(
                "yolox-tiny",
                "YOLOX-tiny at 416x416, mAP 32.8",
                URI.create(YOLOX + "yolox_tiny.onnx"),
                APACHE,
                yoloxTerms,
                "427cc366d34e27ff7a03e2899b5e3671425c262ea2291f88bb942bc1cc70b0f7",
                MAX_YOLOX,
                "head: yolox\ninput: 416x416\nlabels: coco\n"),
            new OfferedNetwork(
                "yolox-s",
                "YOLOX-S at 640x640, mAP 40.5",
                URI.create(YOLOX + "yolox_s.onnx"),
                APACHE,
                yoloxTerms,
                "c5c2d13e59ae883e6af3b45daea64af4833a4951c92d116ec270d9ddbe998063",
                MAX_YOLOX,
                "head: yolox\ninput: 640x640\nlabels: coco\n"),
            new OfferedNetwork(
                "d-fine-n",
                "D-FINE-N at 640x640, mAP 42.8",
                exported("dfine_n_coco-ONNX", "380d2839c327efaf65dd0fe0c2c10ab7fadd5473"),
                APACHE,
                dFineTerms,
                "0f684f409618ee8a822410e754a29caa817d1aa16283ce89cad936d0a48e2f35",
                15_258_358,
                DETR_KEYS),
            new OfferedNetwork(
                "d-fine-s",
                "D-FINE-S at 640x640, mAP 48.5",
                exported("dfine_s_coco-ONNX", "a3cf03147a9b86c78475139115c8ac142577352d"),
                APACHE,
                dFineTerms,
                "cd8a49a945feda6d28c6304ae8ae85c2759ba1d78a5a83a22c5ce8db82ef7238",
                41_535_197,
                DETR_KEYS),
            new OfferedNetwork(
                "rt-detrv2-r18",
                "RT-DETRv2-R18 at 640x640",
                exported("rtdetr_v2_r18vd-ONNX", "936f90b6a476c6da4dfe053fc521af55285976ba"),
                APACHE,
                URI.create("https://github.com/lyuwenyu/RT-DETR/blob/main/LICENSE"),
                "583a236ac21c95a7fd94f284fc21485e42355bfef82c27011ba78fbc09ee87e2",
                81_057_510,
                DETR_KEYS),
            new OfferedNetwork(
                "rf-detr-n",
                "RF-DETR-N at 384x384, mAP 48.4",
                exported("rfdetr_nano-ONNX", "eae21cee0687a91bcf9fa071605c48d7705d2d91"),
                APACHE,
                URI.create("https://github.com/roboflow/rf-detr/blob/main/LICENSE"),
                "9cbac6b11ce34a03034e4d5a24cfac5f18632fd6761d1311dd640232088d7fee",
                108_074_865,
                """
                head: detr
                input: 384x384
                labels: coco-91
                queries: 300
                colours: rgb
                mean: [123.675, 116.28, 103.53]
                deviation: [58.395, 57.12, 57.375]
                """)));
  }

  private static URI exported(String repository, String revision) {
    return URI.create(ONNX_COMMUNITY + repository + "/resolve/" + revision + "/onnx/model.onnx");
  }

  /** Returns the network of a name; empty when there is none. */
  Optional<OfferedNetwork> find(String name) {
    return networks.stream().filter(network -> network.name().equals(name)).findFirst();
  }
}
