package io.kydai.analytics.decode;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one camera's access units, and outlives whatever they bring: after a discontinuity or a
 * picture that is damaged, or turns out to be, it goes on at the next key frame that is whole; new
 * parameters at a key frame get a new decoder, those in between (a picture parameter set may come
 * at any time) are handed to the one that runs. Not thread-safe.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>an access unit</td><td>{@value #MAX_UNIT_BYTES} bytes</td>
 *     <td>{@link DecodeException}, on at the next key frame</td></tr>
 * <tr><td>times of pictures still inside the decoder</td><td>{@value #MAX_TIMES}</td>
 *     <td>the oldest is forgotten; its picture gets the newest access unit's</td></tr>
 * </table>
 */
public final class CameraDecoder implements AutoCloseable {
  static final int MAX_UNIT_BYTES = 16 << 20;
  static final int MAX_TIMES = 32;

  private record Times(Instant wallClock, long arrivedNanos) {}

  private final Consumer<DecodedFrame> frames;
  private final AVPacket packet = av_packet_alloc();
  private final Map<Long, Times> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Times> eldest) {
          return size() > MAX_TIMES;
        }
      };
  private @Nullable Times newest;
  private @Nullable VideoDecoder decoder;
  private @Nullable CodecParameters parameters;
  private @Nullable UndeclaredReordering reordering;
  private int heldBack;
  private boolean awaitingKeyFrame = true;
  private boolean motionVectors;
  private boolean closed;

  /**
   * @param frames takes every decoded frame, in the order in which it is shown, and owns it
   */
  public CameraDecoder(Consumer<DecodedFrame> frames) {
    this.frames = frames;
  }

  /**
   * Sets whether the pictures that are decoded from now on have their motion vectors beside them,
   * for {@link MotionVectors}; only those of H.264 ever do. Not at first.
   */
  public void motionVectors(boolean wanted) {
    motionVectors = wanted;
  }

  /**
   * Decodes one access unit, or passes over it while a key frame is awaited.
   *
   * @param arrivedNanos {@link System#nanoTime} when it arrived
   * @throws DecodeException when it is damaged: what comes before the next key frame is passed over
   */
  public void decode(AccessUnit unit, long arrivedNanos) {
    if ((unit.discontinuity() || unit.damaged()) && !awaitingKeyFrame) {
      awaitKeyFrame();
    }
    if (unit.damaged() || awaitingKeyFrame && !unit.keyFrame()) {
      return;
    }
    boolean changed = parameters == null || !unit.parameters().equals(parameters);
    try {
      UndeclaredReordering order = reordering;
      if (order == null || (changed && unit.keyFrame())) {
        order = new UndeclaredReordering(unit.parameters());
        reordering = order;
      }
      VideoDecoder current = decoder;
      if (current == null || (unit.keyFrame() && (changed || order.heldBack() != heldBack))) {
        current = open(unit.parameters(), order.heldBack());
      }
      order.see(unit);
      fill(unit, changed && !unit.keyFrame());
      newest = new Times(unit.wallClock(), arrivedNanos);
      times.put(unit.mediaTime(), newest);
      awaitingKeyFrame = false;
      current.motionVectors(motionVectors);
      current.decode(
          packet,
          picture -> {
            if (!handOver(picture)) {
              throw new DecodeException("a damaged picture");
            }
          });
    } catch (DecodeException e) {
      if (changed) {
        parameters = null; // Nobody knows what became of them: the next key frame begins anew.
      }
      awaitKeyFrame();
      throw e;
    } finally {
      av_packet_unref(packet);
    }
  }

  /** Gives out the frames that are still inside, because nothing more will come. */
  public void end() {
    if (decoder != null) {
      decoder.drain(this::handOver);
      awaitKeyFrame();
    }
  }

  private VideoDecoder open(CodecParameters changed, int pictures) {
    if (decoder != null) {
      decoder.drain(this::handOver);
      decoder.close();
      decoder = null;
      parameters = null;
    }
    heldBack = pictures;
    VideoDecoder opened = VideoDecoder.live(changed, pictures);
    decoder = opened;
    parameters = changed;
    return opened;
  }

  private void awaitKeyFrame() {
    awaitingKeyFrame = true;
    times.clear();
    if (decoder != null) {
      decoder.reset();
    }
  }

  private void fill(AccessUnit unit, boolean withParameters) {
    int size = unit.size();
    List<byte[]> sets = List.of();
    if (withParameters) {
      parameters = unit.parameters();
      sets = unit.parameters().parameterSets();
      for (byte[] set : sets) {
        size += Integer.BYTES + set.length;
      }
    }
    if (size > MAX_UNIT_BYTES) {
      throw new DecodeException("an access unit of " + size + " bytes is too large");
    }
    Libav.check(av_new_packet(packet, size), "memory for a picture");
    // Lengths of NAL units are in network order; a pointer's buffer has the machine's.
    ByteBuffer data = packet.data().capacity(size).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    for (byte[] set : sets) {
      data.putInt(set.length).put(set);
    }
    data.put(unit.data());
    packet.pts(unit.mediaTime());
    packet.flags(unit.keyFrame() ? AV_PKT_FLAG_KEY : 0);
  }

  /**
   * @return whether the picture is whole; only then was it handed over, otherwise it is freed
   */
  private boolean handOver(AVFrame picture) {
    if (picture.decode_error_flags() != 0
        || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
      av_frame_free(picture);
      return false;
    }
    Times known = times.remove(picture.pts());
    Times its = requireNonNull(known == null ? newest : known, "a picture before any unit");
    frames.accept(new DecodedFrame(picture, picture.pts(), its.wallClock(), its.arrivedNanos()));
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (decoder != null) {
        decoder.close();
      }
      av_packet_free(packet);
    }
  }
}
