package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Capture;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.rtp.nal.H264Depacketizer;
import io.kydai.ingest.rtp.nal.H265Depacketizer;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturedVideoTest {
  private static final int PORT = 5018;

  @Test
  void aRealCamerasStreamGivesItsPicturesAndItsGap() throws Exception {
    List<Picture> pictures = new ArrayList<>();
    int[] sets = {0};
    VideoReceiver receiver =
        new VideoReceiver(
            96,
            new H264Depacketizer(
                new PictureReceiver() {
                  @Override
                  public void onParameterSet(byte[] nal) {
                    sets[0]++;
                  }

                  @Override
                  public void onPicture(Picture picture) {
                    pictures.add(picture);
                  }
                }));
    for (ByteBuf packet :
        Capture.payloads(SharedData.assumeThere("pcap/rtp_udp_h264_640x480.pcap"), PORT)) {
      receiver.rtp(packet);
    }
    assertThat(receiver.received()).isEqualTo(3896);
    assertThat(receiver.lost()).isEqualTo(1);
    assertThat(sets[0]).isEqualTo(30);
    List<Picture> whole = pictures.stream().filter(picture -> !picture.damaged()).toList();
    assertThat(whole).hasSize(2036);
    assertThat(whole.stream().map(Picture::timestamp).distinct()).hasSize(2036);
    assertThat(whole.stream().filter(Picture::afterLoss)).hasSize(1);
  }

  /** A real camera's H.265 over UDP; beside it lies what is in it, as an Annex B stream. */
  @Test
  void aRealCamerasH265IsTheExpectedStreamByteForByte() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int[] pictures = {0};
    VideoReceiver receiver =
        new VideoReceiver(
            104,
            new H265Depacketizer(
                new PictureReceiver() {
                  @Override
                  public void onParameterSet(byte[] nal) {
                    stream.writeBytes(new byte[] {0, 0, 0, 1});
                    stream.writeBytes(nal);
                  }

                  @Override
                  public void onPicture(Picture picture) {
                    assertThat(picture.damaged() || picture.afterLoss()).isFalse();
                    pictures[0]++;
                    ByteBuffer data = ByteBuffer.wrap(picture.data());
                    while (data.hasRemaining()) {
                      byte[] nal = new byte[data.getInt()];
                      data.get(nal);
                      stream.writeBytes(new byte[] {0, 0, 0, 1});
                      stream.writeBytes(nal);
                    }
                  }
                },
                false));
    Path expected = SharedData.assumeThere("pcap/rtp_udp_h265_640x480.expected.h265");
    for (ByteBuf packet :
        Capture.payloads(SharedData.assumeThere("pcap/rtp_udp_h265_640x480.pcap"), 54_367)) {
      receiver.rtp(packet);
    }
    assertThat(receiver.lost()).isZero();
    assertThat(pictures[0]).isEqualTo(276);
    assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(expected));
  }
}
