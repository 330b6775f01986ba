package io.kydai.ingest.rtp.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtp.packet.MediaException;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NalBufferTest {
  private final NalBuffer buffer = new NalBuffer(8 * 1024 * 1024);

  /** The pool is the thread's, so that other tests' arrays may be in it. */
  @BeforeEach
  @AfterEach
  void emptyPool() {
    FastThreadLocal.removeAll();
  }

  private static void begin(NalBuffer buffer, byte[] picture) throws MediaException {
    buffer.begin();
    buffer.append(Unpooled.wrappedBuffer(picture), 0, picture.length);
    buffer.end();
  }

  @Test
  void noMemoryIsHeldBetweenPictures() throws Exception {
    assertThat(buffer.capacity()).isZero();
    begin(buffer, new byte[100]);
    assertThat(buffer.capacity()).isEqualTo(16 * 1024);
    buffer.clear();
    assertThat(buffer.capacity()).isZero();
    assertThat(ArrayPool.ofThread().bytes()).isEqualTo(16 * 1024);
  }

  @Test
  void camerasOfALoopShareAnArrayOneAfterTheOther() throws Exception {
    for (int i = 0; i < 100; i++) {
      NalBuffer camera = new NalBuffer(1 << 20);
      begin(camera, new byte[i % 10 == 0 ? 200_000 : 5_000]);
      camera.clear();
    }
    assertThat(ArrayPool.ofThread().bytes()).isBetween(200_004, 400_000);
  }

  @Test
  void picturesThatAreAssembledAtTheSameTimeDoNotMix() throws Exception {
    NalBuffer other = new NalBuffer(1 << 20);
    byte[] ones = new byte[20_000];
    Arrays.fill(ones, (byte) 1);
    byte[] twos = new byte[30_000];
    Arrays.fill(twos, (byte) 2);
    for (int i = 0; i < 3; i++) {
      begin(buffer, ones);
      begin(other, twos);
      assertThat(buffer.toBytes()).hasSize(20_004).endsWith(ones);
      assertThat(other.toBytes()).hasSize(30_004).endsWith(twos);
      buffer.clear();
      other.clear();
    }
  }

  @Test
  void thePoolKeepsNoMoreThanItsLimit() throws Exception {
    NalBuffer[] cameras = new NalBuffer[20];
    for (int i = 0; i < cameras.length; i++) {
      cameras[i] = new NalBuffer(8 * 1024 * 1024);
      begin(cameras[i], new byte[1_000_000]);
    }
    begin(buffer, new byte[ArrayPool.MAX_BYTES]);
    buffer.clear();
    assertThat(ArrayPool.ofThread().bytes()).isZero();
    for (NalBuffer camera : cameras) {
      camera.clear();
    }
    assertThat(ArrayPool.ofThread().bytes()).isBetween(3_000_000, ArrayPool.MAX_BYTES);
  }

  @Test
  void aPictureBeyondTheLimitIsRefusedBeforeMemoryIsAllocatedForIt() throws Exception {
    NalBuffer limited = new NalBuffer(1 << 20);
    limited.begin();
    assertThatThrownBy(() -> limited.append(Unpooled.wrappedBuffer(new byte[1 << 20]), 0, 1 << 20))
        .isInstanceOf(MediaException.class);
    assertThat(limited.capacity()).isEqualTo(16 * 1024);
  }
}
