package io.kydai.ingest.camera;

import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.AacDepacketizer;
import io.kydai.ingest.rtp.Depacketizer;
import io.kydai.ingest.rtp.DocumentDepacketizer;
import io.kydai.ingest.rtp.FrameReceiver;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.PlainDepacketizer;
import io.kydai.ingest.rtp.TrackReceiver;
import io.kydai.ingest.rtsp.MediaTrack;
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
 * The tracks of one connection that accompany its video: sound and metadata. A track that is of no
 * known kind, or turns out to be unusable, is passed over; the video goes on.
 */
final class AuxiliaryTracks {
  private static final Logger LOG = LoggerFactory.getLogger(AuxiliaryTracks.class);

  /** Where they go. */
  interface Output {
    void onAudio(AudioFrame frame);

    void onMetadata(MetadataDocument document);
  }

  private final CameraId camera;
  private final Clock clock;
  private final LongSupplier mediaClock;
  private final Output output;
  private final Map<Integer, TrackReceiver> receivers = new HashMap<>();

  /**
   * @param tracks the session's; its video is passed over
   * @param mediaClock time since the camera was added, in 1/90000 s, never backwards
   */
  AuxiliaryTracks(
      CameraId camera,
      List<MediaTrack> tracks,
      Clock clock,
      LongSupplier mediaClock,
      Output output) {
    this.camera = camera;
    this.clock = clock;
    this.mediaClock = mediaClock;
    this.output = output;
    for (MediaTrack track : tracks) {
      try {
        depacketizer(track)
            .ifPresent(found -> receivers.put(track.index(), receiver(track, found)));
      } catch (MediaException e) {
        LOG.info("camera {}: {}; the track is left out", camera, e.getMessage());
      }
    }
  }

  private TrackReceiver receiver(MediaTrack track, Depacketizer depacketizer) {
    TrackReceiver receiver =
        new TrackReceiver(
            track.payloadType(), () -> MediaTime.nanos(mediaClock.getAsLong()), depacketizer);
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
            default -> Optional.empty();
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
                timeline.place(timestamp, mediaClock.getAsLong()),
                clock.instant(),
                afterLoss,
                ByteBuffer.wrap(data)));
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

  /** Takes an RTP packet of the track of that index, borrowed; those of other tracks too. */
  void rtp(int track, ByteBuf packet) {
    TrackReceiver receiver = receivers.get(track);
    if (receiver == null) {
      return;
    }
    try {
      receiver.rtp(packet);
    } catch (MediaException e) {
      receivers.remove(track);
      LOG.warn("camera {}: its track {} {}, and is left out", camera, track, e.getMessage());
    }
  }
}
