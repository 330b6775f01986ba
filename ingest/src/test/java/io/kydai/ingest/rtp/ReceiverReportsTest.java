package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtcp.KeyFrameFeedback;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverReportsTest {
  private final EmbeddedChannel time = new EmbeddedChannel();
  private final List<Long> sentAt = new ArrayList<>();
  private final List<Short> lastTypes = new ArrayList<>();
  private final VideoReceiver receiver =
      new VideoReceiver(
          96,
          new Depacketizer() {
            @Override
            public void lost() {}

            @Override
            public void accept(RtpPacket packet) {}
          });
  private ReceiverReports reports;

  @BeforeEach
  void begin() {
    time.freezeTime();
  }

  @AfterEach
  void end() {
    reports.close();
    receiver.close();
  }

  private long now() {
    return time.eventLoop().ticker().nanoTime();
  }

  private void open(KeyFrameFeedback feedback) {
    reports =
        new ReceiverReports(
            receiver,
            feedback,
            time.eventLoop(),
            "name",
            sent -> {
              sentAt.add(now());
              // A picture loss indication is the last 12 bytes of its compound.
              lastTypes.add(sent.getUnsignedByte(sent.writerIndex() - 11));
              sent.release();
            });
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds * 100; i++) {
      time.advanceTimeBy(10, TimeUnit.MILLISECONDS);
      time.runScheduledPendingTasks();
    }
  }

  @Test
  void reportsGoEveryFiveSecondsGiveOrTakeAHalfAndEndWithTheConnection() {
    open(KeyFrameFeedback.NONE);
    long begun = now();
    pass(1000);
    assertThat(sentAt).hasSizeBetween(170, 230);
    assertThat(sentAt.get(0) - begun).isBetween(1_250_000_000L, 3_760_000_000L);
    for (int i = 1; i < sentAt.size(); i++) {
      assertThat(sentAt.get(i) - sentAt.get(i - 1)).isBetween(2_490_000_000L, 7_510_000_000L);
    }
    reports.close();
    int sent = sentAt.size();
    pass(20);
    assertThat(sentAt).hasSize(sent);
  }

  @Test
  void keyFramesAreAskedForAtOnceAndThenEveryTwoSecondsAtMost() throws Exception {
    open(KeyFrameFeedback.PICTURE_LOSS);
    reports.requestKeyFrame();
    assertThat(sentAt).as("there is nobody to ask yet").isEmpty();
    receiver.rtp(RtpBytes.packet(1, 0, true, "65"));
    for (int i = 0; i < 100; i++) {
      reports.requestKeyFrame();
      time.advanceTimeBy(10, TimeUnit.MILLISECONDS);
    }
    assertThat(lastTypes).containsExactly((short) 206);
    time.advanceTimeBy(1, TimeUnit.SECONDS);
    reports.requestKeyFrame();
    assertThat(lastTypes).containsExactly((short) 206, (short) 206);
  }

  @Test
  void aCameraThatDoesNotOfferItIsNotAsked() throws Exception {
    open(KeyFrameFeedback.NONE);
    receiver.rtp(RtpBytes.packet(1, 0, true, "65"));
    reports.requestKeyFrame();
    assertThat(sentAt).isEmpty();
  }
}
