package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.RtcpSink;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of one connection attempt: passes packets to the receivers of the video and of the
 * auxiliary tracks, and reports what these make of them as {@link ConnectionEvent}s. Packets that
 * arrive before {@link #begin} or after {@link #close} are ignored. All methods are called on the
 * camera's event loop.
 */
final class ReceivedTracks
    implements VideoStreamAssembly.Output, AuxiliaryTracks.Output, AutoCloseable {
  private static final int VIDEO = 0;

  private final CameraTracks tracks;
  private final Consumer<ConnectionEvent> listener;
  private final Consumer<String> failed;
  private @Nullable VideoStreamAssembly video;
  private @Nullable AuxiliaryTracks auxiliary;
  private TrackAlignment alignment = new TrackAlignment();
  private boolean mediaStarted;

  /**
   * Creates the receiving side of an attempt.
   *
   * @param tracks creates the receivers
   * @param listener called for each event except the end
   * @param failed called with the reason when the stream cannot be processed any further
   */
  ReceivedTracks(CameraTracks tracks, Consumer<ConnectionEvent> listener, Consumer<String> failed) {
    this.tracks = tracks;
    this.listener = listener;
    this.failed = failed;
  }

  /**
   * Begins to receive the tracks of a session, in place of those of an earlier one.
   *
   * @param setUp the tracks, of which the first is the video
   * @param mayReorder whether packets may arrive in another order than they were sent in
   * @param rtcp sends RTCP packets about the video
   */
  void begin(List<MediaTrack> setUp, boolean mayReorder, RtcpSink rtcp) {
    close();
    alignment = new TrackAlignment();
    try {
      VideoStreamAssembly assembly = tracks.video(setUp.get(VIDEO), this);
      video = assembly;
      assembly.reportTo(rtcp);
      if (mayReorder) {
        assembly.expectReordering();
      }
      auxiliary = tracks.auxiliary(setUp, alignment, this);
    } catch (MediaException e) {
      failed.accept(e.getMessage());
    }
  }

  /** Processes an RTP packet of a track, which is borrowed. */
  void rtp(int track, ByteBuf packet) {
    VideoStreamAssembly receiver = video;
    AuxiliaryTracks others = auxiliary;
    if (track != VIDEO) {
      if (others != null) {
        others.rtp(track, packet);
      }
      return;
    }
    if (receiver == null) {
      return;
    }
    try {
      receiver.rtp(packet);
    } catch (MediaException e) {
      failed.accept(e.getMessage());
      return;
    }
    if (!mediaStarted && receiver.received() > 0) {
      mediaStarted = true;
      listener.accept(new ConnectionEvent.MediaStarted());
    }
  }

  /** Processes an RTCP packet of a track, which is borrowed. */
  void rtcp(int track, ByteBuf packet) {
    VideoStreamAssembly receiver = video;
    AuxiliaryTracks others = auxiliary;
    if (track != VIDEO) {
      if (others != null) {
        others.rtcp(track, packet);
      }
      return;
    }
    if (receiver == null) {
      return;
    }
    try {
      receiver.rtcp(packet);
    } catch (MediaException e) {
      failed.accept(e.getMessage());
      return;
    }
    receiver
        .clockOffset()
        .ifPresent(offset -> listener.accept(new ConnectionEvent.ClockCompared(offset)));
  }

  /** Ends the receivers; packets that arrive later are ignored. */
  @Override
  public void close() {
    VideoStreamAssembly receiver = video;
    if (receiver != null) {
      receiver.close();
      video = null;
    }
    auxiliary = null;
  }

  @Override
  public void onPicture(
      CodecParameters parameters,
      PictureTimes.Times times,
      boolean keyFrame,
      boolean discontinuity,
      boolean damaged,
      Picture picture) {
    VideoStreamAssembly receiver = video;
    if (receiver != null) {
      receiver
          .cameraTime(picture.timestamp())
          .ifPresent(time -> alignment.picture(times.mediaTime(), time));
    }
    listener.accept(
        new ConnectionEvent.PictureReceived(
            parameters, times, keyFrame, discontinuity, damaged, picture));
  }

  @Override
  public void onUndecodable(String why) {
    listener.accept(new ConnectionEvent.PictureUndecodable(why));
  }

  @Override
  public void onAudio(AudioFrame frame) {
    listener.accept(new ConnectionEvent.AudioReceived(frame));
  }

  @Override
  public void onMetadata(MetadataDocument document) {
    listener.accept(new ConnectionEvent.MetadataReceived(document));
  }

  @Override
  public void onFailure(MediaException reason) {
    failed.accept(reason.getMessage());
  }
}
