package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class NalBufferTest {
  private final NalBuffer buffer = new NalBuffer(1 << 20);

  private void picture(int size) throws MediaException {
    buffer.begin();
    buffer.append(Unpooled.wrappedBuffer(new byte[size]), 0, size);
    buffer.end();
    assertThat(buffer.toBytes()).hasSize(size + 4);
    buffer.clear();
  }

  @Test
  void whatALargePictureNeededIsGivenBackWhenNoneFollows() throws Exception {
    assertThat(buffer.capacity()).isZero();
    picture(100);
    assertThat(buffer.capacity()).isEqualTo(16 * 1024);
    picture(900_000);
    assertThat(buffer.capacity()).isGreaterThan(900_000);
    for (int i = 0; i < 512; i++) {
      picture(20_000);
    }
    assertThat(buffer.capacity()).isBetween(20_004, 65_536);
  }

  @Test
  void keyPicturesKeepTheirRoom() throws Exception {
    for (int i = 0; i < 2000; i++) {
      picture(i % 50 == 0 ? 200_000 : 5_000);
      assertThat(buffer.capacity()).isGreaterThanOrEqualTo(200_000);
    }
  }

  @Test
  void aPictureBeyondTheLimitIsRefusedBeforeRoomIsMadeForIt() throws Exception {
    buffer.begin();
    assertThatThrownBy(() -> buffer.append(Unpooled.wrappedBuffer(new byte[1 << 20]), 0, 1 << 20))
        .isInstanceOf(MediaException.class);
    assertThat(buffer.capacity()).isEqualTo(16 * 1024);
  }
}
