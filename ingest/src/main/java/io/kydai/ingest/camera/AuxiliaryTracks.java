package io.kydai.ingest.camera;

import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.TrackReceiver;
import io.kydai.ingest.rtp.frame.AacDepacketizer;
import io.kydai.ingest.rtp.frame.DocumentDepacketizer;
import io.kydai.ingest.rtp.frame.PlainDepacketizer;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.FrameReceiver;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audio and metadata tracks of one connection. A track with an unsupported encoding or invalid
 * packets is left out, and the video continues. Audio has the times of the pictures by the sender
 * reports of both (RFC 3550, section 6.4.1), and by its arrival while there are none.
 */
final class AuxiliaryTracks {
  private static final Logger LOG = LoggerFactory.getLogger(AuxiliaryTracks.class);

  /** Receives the frames and documents, on the camera's event loop. */
  interface Output {
    /** Called for each audio frame. */
    void onAudio(AudioFrame frame);

    /** Called for each metadata document. */
    void onMetadata(MetadataDocument document);
  }

  private final CameraId camera;
  private final Clock clock;
  private final LongSupplier mediaClock;
  private final TrackAlignment alignment;
  private final Output output;
  private final Map<Integer, TrackReceiver> receivers = new HashMap<>();

  /**
   * Creates the receivers of a session's audio and metadata tracks.
   *
   * @param tracks all tracks of the session; the video track is ignored
   * @param clock the wall clock
   * @param mediaClock the time since the camera was added, in 1/90000 s, monotonic
   * @param alignment what is known of the pictures' times
   */
  AuxiliaryTracks(
      CameraId camera,
      List<MediaTrack> tracks,
      Clock clock,
      LongSupplier mediaClock,
      TrackAlignment alignment,
      Output output) {
    this.camera = camera;
    this.clock = clock;
    this.mediaClock = mediaClock;
    this.alignment = alignment;
    this.output = output;
    for (MediaTrack track : tracks) {
      try {
        depacketizer(track)
            .ifPresent(found -> receivers.put(track.index(), receiver(track, found)));
      } catch (MediaException e) {
        LOG.info("camera {}: the camera {}; the track is left out", camera, e.getMessage());
      }
    }
  }

  private TrackReceiver receiver(MediaTrack track, Depacketizer depacketizer) {
    TrackReceiver receiver =
        new TrackReceiver(
            track.payloadType(),
            track.clockRate(),
            () -> MediaTime.nanos(mediaClock.getAsLong()),
            depacketizer);
    Integer announced = track.ssrc();
    if (announced != null) {
      receiver.announced(announced);
    }
    return receiver;
  }

  private Optional<Depacketizer> depacketizer(MediaTrack track) throws MediaException {
    return switch (track.kind()) {
      case VIDEO -> Optional.empty();
      case METADATA -> Optional.of(new DocumentDepacketizer(this::metadata));
      case AUDIO ->
          switch (track.encoding()) {
            case "PCMU" -> Optional.of(new PlainDepacketizer(audio(track, AudioCodec.PCMU)));
            case "PCMA" -> Optional.of(new PlainDepacketizer(audio(track, AudioCodec.PCMA)));
            case "MPEG4-GENERIC" ->
                Optional.of(new AacDepacketizer(audio(track, AudioCodec.AAC), track.parameters()));
            default -> {
              LOG.info(
                  "camera {}: audio in {} is not supported; the track is left out",
                  camera,
                  track.encoding());
              yield Optional.empty();
            }
          };
    };
  }

  private FrameReceiver audio(MediaTrack track, AudioCodec codec) throws MediaException {
    byte[] configuration = codec == AudioCodec.AAC ? configuration(track) : new byte[0];
    AudioParameters parameters =
        new AudioParameters(codec, track.clockRate(), track.channels(), configuration);
    AudioTimeline timeline = new AudioTimeline(track.clockRate());
    return (timestamp, afterLoss, data) ->
        output.onAudio(
            new AudioFrame(
                camera,
                parameters,
                timeline.place(
                    timestamp, mediaClock.getAsLong(), aligned(track, timestamp).orElse(null)),
                clock.instant(),
                afterLoss,
                ByteBuffer.wrap(data)));
  }

  /** Returns the media time of a timestamp, where the sender reports of both tracks tell it. */
  private Optional<Long> aligned(MediaTrack track, long timestamp) {
    return Optional.ofNullable(receivers.get(track.index()))
        .flatMap(receiver -> receiver.cameraTime(timestamp))
        .flatMap(alignment::mediaTime);
  }

  private static byte[] configuration(MediaTrack track) throws MediaException {
    String hex = track.parameters().getOrDefault("config", "");
    if (!hex.matches("([0-9A-Fa-f]{2}){2,64}")) {
      throw new MediaException("describes AAC without its configuration");
    }
    return HexFormat.of().parseHex(hex);
  }

  private void metadata(long timestamp, boolean afterLoss, byte[] xml) {
    output.onMetadata(new MetadataDocument(camera, clock.instant(), ByteBuffer.wrap(xml)));
  }

  /**
   * Processes an RTP packet of any track; those of tracks without a receiver are ignored.
   *
   * @param track the track's index
   * @param packet borrowed until the call returns
   */
  void rtp(int track, ByteBuf packet) {
    TrackReceiver receiver = receivers.get(track);
    if (receiver == null) {
      return;
    }
    try {
      receiver.rtp(packet);
    } catch (MediaException e) {
      receivers.remove(track);
      LOG.warn(
          "camera {}: track {}: the camera {}; the track is left out",
          camera,
          track,
          e.getMessage());
    }
  }

  /**
   * Processes an RTCP packet of a track; those of tracks without a receiver are ignored.
   *
   * @param track the track's index
   * @param packet borrowed until the call returns
   */
  void rtcp(int track, ByteBuf packet) {
    TrackReceiver receiver = receivers.get(track);
    if (receiver != null) {
      receiver.rtcp(packet, clock.instant());
    }
  }
}
