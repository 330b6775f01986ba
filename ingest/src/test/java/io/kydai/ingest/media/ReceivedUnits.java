package io.kydai.ingest.media;

import io.kydai.ingest.camera.ParameterSets;
import io.kydai.ingest.camera.VideoFormat;
import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.nal.MarkerBits;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Access units of RTP packets, without a network: every picture must be whole and decodable. */
public final class ReceivedUnits implements PictureReceiver {
  private static final CameraId CAMERA = new CameraId("gate");

  private final ParameterSets sets;
  private final VideoReceiver receiver;
  private final List<AccessUnit> units = new ArrayList<>();

  /**
   * @param encoding as RTP names it
   */
  public ReceivedUnits(String encoding, Map<String, String> parameters) throws MediaException {
    MediaTrack track =
        new MediaTrack(
            0, MediaTrack.Kind.VIDEO, "rtsp://camera/1", 96, encoding, 90_000, 1, parameters);
    VideoFormat format = VideoFormat.of(track);
    sets = format.parameterSets(CAMERA);
    receiver = new VideoReceiver(96, format.depacketizer(this, new MarkerBits()));
  }

  /** Takes a packet of payload type 96, borrowed. */
  public void rtp(ByteBuf packet) throws MediaException {
    receiver.rtp(packet);
  }

  public List<AccessUnit> units() {
    return units;
  }

  @Override
  public void onParameterSet(byte[] nal) {
    sets.accept(nal);
  }

  @Override
  public void onPicture(Picture picture) {
    if (picture.damaged() || picture.afterLoss()) {
      throw new AssertionError("damaged picture at " + picture.timestamp());
    }
    units.add(
        new AccessUnit(
            CAMERA,
            sets.parameters(picture).orElseThrow(),
            units.size(),
            picture.timestamp(),
            picture.timestamp(),
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            picture.keyFrame(),
            units.isEmpty(),
            false,
            ByteBuffer.wrap(picture.data())));
  }
}
