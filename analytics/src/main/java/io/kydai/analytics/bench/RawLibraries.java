package io.kydai.analytics.bench;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.decode.Scaler;
import io.kydai.analytics.file.VideoFile;
import io.kydai.models.DetectorModel;
import io.kydai.models.InputSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** libavcodec and ONNX Runtime with nothing of ours around them. */
final class RawLibraries {
  private RawLibraries() {}

  /** Milliseconds to read and decode one frame, in the barest loop there is. */
  static double decode(Path video, int warmUp, int frames) {
    AVFormatContext format = new AVFormatContext(null);
    Libav.check(
        avformat_open_input(format, video.toString(), (AVInputFormat) null, (AVDictionary) null),
        "open");
    Libav.check(avformat_find_stream_info(format, (AVDictionary) null), "stream");
    int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    var parameters = format.streams(index).codecpar();
    AVCodec codec = avcodec_find_decoder(parameters.codec_id());
    AVCodecContext context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, parameters);
    context.thread_count(1);
    Libav.check(avcodec_open2(context, codec, (AVDictionary) null), "decoder");
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    int done = 0;
    long start = System.nanoTime();
    while (done < warmUp + frames && av_read_frame(format, packet) >= 0) {
      if (packet.stream_index() == index) {
        avcodec_send_packet(context, packet);
        while (avcodec_receive_frame(context, frame) >= 0) {
          if (++done == warmUp) {
            start = System.nanoTime();
          }
        }
      }
      av_packet_unref(packet);
    }
    double millis = (System.nanoTime() - start) / 1e6 / Math.max(1, done - warmUp);
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
    avformat_close_input(format);
    return millis;
  }

  /** Milliseconds that the network alone takes for one frame of the clip, tensor to tensors. */
  static double infer(Path video, InputSize input, int threads, int frames)
      throws IOException, OrtException {
    int pixels = input.width() * input.height();
    FloatBuffer tensor =
        ByteBuffer.allocateDirect(12 * pixels).order(ByteOrder.nativeOrder()).asFloatBuffer();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long nanos = 0;
    int done = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        VideoFile file = VideoFile.open(video);
        Scaler scaler = new Scaler(input)) {
      options.setIntraOpNumThreads(threads);
      options.setSymbolicDimensionValue("height", input.height());
      options.setSymbolicDimensionValue("width", input.width());
      try (OrtSession session = environment.createSession(network(), options)) {
        String name = session.getInputNames().iterator().next();
        long[] shape = {1, 3, input.height(), input.width()};
        Optional<DecodedFrame> next = file.next();
        while (done < frames && next.isPresent()) {
          try (DecodedFrame frame = next.get()) {
            scaler.scale(frame);
          }
          fill(tensor, scaler.pixels(), pixels);
          try (OnnxTensor onnx = OnnxTensor.createTensor(environment, tensor, shape)) {
            long start = System.nanoTime();
            session.run(Map.of(name, onnx)).close();
            nanos += System.nanoTime() - start;
          }
          done++;
          next = file.next();
        }
      }
    }
    return nanos / 1e6 / Math.max(1, done);
  }

  private static byte[] network() throws IOException {
    try (InputStream in = DetectorModel.class.getResourceAsStream("nanodet-g.onnx")) {
      if (in == null) {
        throw new IOException("the network's resource is missing");
      }
      return in.readAllBytes();
    }
  }

  private static void fill(FloatBuffer tensor, ByteBuffer bgr, int pixels) {
    for (int i = 0; i < pixels; i++) {
      for (int plane = 0; plane < 3; plane++) {
        tensor.put(plane * pixels + i, ((bgr.get(i * 3 + plane) & 255) - 114) / 57f);
      }
    }
  }
}
