package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Capture;
import io.kydai.ingest.SharedData;
import io.netty.buffer.ByteBuf;
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
    assertThat(pictures).hasSize(2036);
    assertThat(pictures.stream().map(Picture::timestamp).distinct()).hasSize(2036);
    assertThat(pictures.stream().filter(Picture::afterLoss)).hasSize(1);
  }
}
