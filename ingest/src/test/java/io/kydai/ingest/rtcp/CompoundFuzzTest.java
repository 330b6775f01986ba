package io.kydai.ingest.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Whatever RTCP a camera sends, what makes no sense is passed over. */
class CompoundFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void compound(byte[] input) {
    int[] heard = {0};
    ByteBuf bytes = Unpooled.wrappedBuffer(input);
    CompoundPacket.read(
        bytes,
        new CompoundPacket.Listener() {
          @Override
          public void onSenderReport(SenderReport report) {
            heard[0]++;
          }

          @Override
          public void onGoodbye(int ssrc) {
            heard[0]++;
          }
        });
    assertThat(bytes.readerIndex()).isZero();
    assertThat(heard[0]).isLessThanOrEqualTo(31 * CompoundPacket.MAX_PACKETS);
  }
}
