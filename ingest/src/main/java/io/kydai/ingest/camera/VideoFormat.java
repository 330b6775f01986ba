package io.kydai.ingest.camera;

import io.kydai.ingest.media.Codec;
import io.kydai.ingest.rtp.jpeg.JpegDepacketizer;
import io.kydai.ingest.rtp.jpeg.JpegSize;
import io.kydai.ingest.rtp.nal.H264Depacketizer;
import io.kydai.ingest.rtp.nal.H265Depacketizer;
import io.kydai.ingest.rtp.nal.MarkerBits;
import io.kydai.ingest.rtp.nal.SpropParameterSets;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;

/**
 * The format of a video track by its session description: creates the depacketiser and parameter
 * sets for it.
 */
public final class VideoFormat {
  private static final String INTERLEAVED = "2";

  private final MediaTrack track;
  private final Codec codec;

  private VideoFormat(MediaTrack track, Codec codec) {
    this.track = track;
    this.codec = codec;
  }

  /**
   * Returns the format of a track.
   *
   * @throws MediaException when the encoding or packetization mode is not supported
   */
  public static VideoFormat of(MediaTrack track) throws MediaException {
    Codec codec =
        switch (track.encoding()) {
          case "H264" -> Codec.H264;
          case "H265" -> Codec.H265;
          case "JPEG" -> Codec.JPEG;
          default ->
              throw new MediaException("offers " + track.encoding() + ", which is not supported");
        };
    String mode = track.parameters().getOrDefault("packetization-mode", "0");
    if (codec == Codec.H264 && mode.equals(INTERLEAVED)) {
      throw new MediaException(
          "offers H.264 in interleaved packets only (packetization-mode 2), which are not"
              + " supported");
    }
    return new VideoFormat(track, codec);
  }

  /**
   * Returns a depacketiser for one connection.
   *
   * @param markers what is known about the camera's marker bits
   */
  public Depacketizer depacketizer(PictureReceiver receiver, MarkerBits markers) {
    return switch (codec) {
      case H264 -> new H264Depacketizer(receiver, markers);
      case H265 -> new H265Depacketizer(receiver, hasDecodingOrderNumbers(), markers);
      case JPEG ->
          new JpegDepacketizer(receiver, JpegSize.described(track.parameters()).orElse(null));
    };
  }

  /** Returns whether payloads contain decoding order numbers (RFC 7798, section 7.1). */
  private boolean hasDecodingOrderNumbers() {
    return track.parameters().getOrDefault("sprop-max-don-diff", "0").matches("0*[1-9]\\d*");
  }

  /** Returns the parameter sets that the session description contains. */
  public ParameterSets parameterSets(CameraId camera) {
    if (codec == Codec.JPEG) {
      return new JpegParameters();
    }
    ParameterSets sets = new NalParameterSets(camera, codec);
    SpropParameterSets.of(track.parameters()).forEach(sets::accept);
    return sets;
  }
}
