package io.kydai.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtp.nal.MarkerBits;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoStreamAssemblyTest {
  private static final String FULL_HD = "6742c028d900780227e584000003000400000300f03c60c920";
  private static final String HD = "6764001facd9405005bb016c80000003008000001e078c18cb";
  private static final String PPS = "68ce3c80";
  private static final String IDR = "658884aabb";
  private static final String SLICE = "419a24cc";

  private final List<String> left = new ArrayList<>();
  private final List<CodecParameters> parameters = new ArrayList<>();
  private final List<Boolean> reported = new ArrayList<>();
  private final List<MediaException> failures = new ArrayList<>();
  private final EmbeddedChannel time = new EmbeddedChannel();
  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final MarkerBits markers = new MarkerBits();
  private final List<String> undecodable = new ArrayList<>();
  private PictureTimes times;
  private String feedback = "";
  private int sequence;
  private long timestamp = 1_000_000;

  @BeforeEach
  void begin() {
    time.freezeTime();
    times = new PictureTimes(clock, time.eventLoop().ticker()::nanoTime);
  }

  private VideoStreamAssembly stream(String... parameterSets) throws MediaException {
    String sets =
        Stream.of(parameterSets)
            .map(hex -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
            .collect(Collectors.joining(","));
    Map<String, String> parameters = new HashMap<>(Map.of("sprop-parameter-sets", sets));
    parameters.put("rtcp-fb", feedback);
    return new VideoStreamAssembly(
        new CameraId("gate"),
        new MediaTrack(
            0, MediaTrack.Kind.VIDEO, "rtsp://camera/1", 96, "H264", 90_000, 1, parameters),
        times,
        markers,
        clock,
        time.eventLoop(),
        PacketCounter.NONE,
        new VideoStreamAssembly.Output() {
          @Override
          public void onPicture(
              CodecParameters decodedWith,
              PictureTimes.Times its,
              boolean keyFrame,
              boolean discontinuity,
              boolean damaged,
              Picture picture) {
            VideoStreamAssemblyTest.this.parameters.add(decodedWith);
            reported.add(its.reported());
            left.add(describe(its.mediaTime(), keyFrame, discontinuity, damaged));
          }

          @Override
          public void onUndecodable(String why) {
            undecodable.add(why);
          }

          @Override
          public void onFailure(MediaException reason) {
            failures.add(reason);
          }
        });
  }

  private static String describe(
      long mediaTime, boolean keyFrame, boolean discontinuity, boolean damaged) {
    return mediaTime
        + (keyFrame ? " key" : "")
        + (discontinuity ? " discontinuity" : "")
        + (damaged ? " damaged" : "");
  }

  private void picture(VideoStreamAssembly stream, String... nals) throws MediaException {
    for (int i = 0; i < nals.length; i++) {
      stream.rtp(RtpBytes.packet(sequence++, timestamp, i == nals.length - 1, nals[i]));
    }
    timestamp += 3600;
    time.advanceTimeBy(40, TimeUnit.MILLISECONDS);
  }

  @Test
  void picturesBeforeTheFirstKeyFrameStayBack() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, SLICE);
    picture(stream, IDR);
    picture(stream, SLICE);
    assertThat(left).containsExactly("3600 key discontinuity", "7200");
    assertThat(parameters).allSatisfy(one -> assertThat(one).hasToString("H264 1920x1080"));
  }

  private static final String RECOVERY_POINT = "0606010980";

  @Test
  void whereNoKeyFrameComesARecoveryPointBegins() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, SLICE);
    picture(stream, RECOVERY_POINT, SLICE);
    picture(stream, SLICE);
    picture(stream, RECOVERY_POINT, SLICE);
    assertThat(left).containsExactly("3600 key discontinuity", "7200", "10800 key");
    assertThat(undecodable).containsExactly("none of its pictures was a key frame");
  }

  @Test
  void whileKeyFramesComeRecoveryPointsAreOrdinaryPictures() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    picture(stream, RECOVERY_POINT, SLICE);
    sequence++;
    picture(stream, SLICE);
    picture(stream, RECOVERY_POINT, SLICE);
    for (int i = 0; i < 251; i++) {
      picture(stream, SLICE);
    }
    picture(stream, RECOVERY_POINT, SLICE);
    assertThat(left.subList(0, 5))
        .containsExactly(
            "1 key discontinuity", "3601", "7201 damaged", "10801 key discontinuity", "14401");
    assertThat(left.subList(5, left.size() - 1)).noneMatch(one -> one.contains("key"));
    assertThat(left).last().asString().endsWith("key");
  }

  /** They refer to what was before it: an open group of pictures. */
  @Test
  void whatIsShownBeforeTheRecoveryPointAtWhichDecodingBeganIsLeftOut() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    timestamp += 7200;
    picture(stream, RECOVERY_POINT, SLICE);
    timestamp -= 10800;
    picture(stream, SLICE);
    picture(stream, SLICE);
    timestamp += 3600;
    picture(stream, SLICE);
    assertThat(left).hasSize(2).noneMatch(one -> one.contains("damaged"));
  }

  @Test
  void keyFramesWithoutTheirParameterSetsStayBackUntilTheseCome() throws Exception {
    VideoStreamAssembly stream = stream(PPS);
    picture(stream, IDR);
    picture(stream, SLICE);
    picture(stream, FULL_HD, IDR);
    assertThat(left).containsExactly("7200 key discontinuity");
  }

  @Test
  void fromALossToTheNextKeyFrameEverythingIsMarkedAsDamaged() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    sequence++;
    picture(stream, SLICE);
    picture(stream, SLICE);
    picture(stream, IDR);
    picture(stream, SLICE);
    assertThat(left)
        .containsExactly(
            "1 key discontinuity",
            "3601 damaged",
            "7201 damaged",
            "10801 key discontinuity",
            "14401");
    assertThat(stream.lost()).isEqualTo(1);
  }

  @Test
  void overTcpALossIsToldAtOnceAndOverUdpWhatIsMissingIsWaitedFor() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    stream.expectReordering();
    picture(stream, IDR);
    ByteBuf second = RtpBytes.packet(sequence++, timestamp, true, SLICE);
    ByteBuf third = RtpBytes.packet(sequence++, timestamp + 3600, true, SLICE);
    stream.rtp(third);
    assertThat(left).hasSize(1);
    stream.rtp(second);
    assertThat(left).hasSize(3).noneMatch(one -> one.contains("damaged"));
    assertThat(stream.lost()).isZero();
    stream.close();
  }

  @Test
  void whatDoesNotComeIsGivenUpWithoutAnotherPacket() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    stream.expectReordering();
    picture(stream, IDR);
    sequence++;
    ByteBuf packet = RtpBytes.packet(sequence++, timestamp, true, SLICE);
    stream.rtp(packet);
    assertThat(packet.refCnt()).isEqualTo(2);
    time.advanceTimeBy(99, TimeUnit.MILLISECONDS);
    time.runScheduledPendingTasks();
    assertThat(left).hasSize(1);
    time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    time.runScheduledPendingTasks();
    assertThat(left).hasSize(2).last().asString().endsWith("damaged");
    assertThat(packet.refCnt()).isOne();
    assertThat(stream.lost()).isOne();
    stream.close();
  }

  @Test
  void whereItIsOfferedAKeyFrameIsAskedForWhenSomethingIsMissing() throws Exception {
    feedback = "nack pli";
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    List<Integer> sizes = new ArrayList<>();
    stream.reportTo(
        sent -> {
          sizes.add(sent.readableBytes());
          assertThat(sent.getUnsignedByte(sent.writerIndex() - 11)).isEqualTo((short) 206);
          sent.release();
        });
    picture(stream, IDR);
    sequence++;
    for (int i = 0; i < 49; i++) {
      picture(stream, SLICE);
    }
    assertThat(sizes).hasSize(1);
    picture(stream, SLICE);
    picture(stream, SLICE);
    assertThat(sizes).hasSize(2);
    picture(stream, IDR);
    for (int i = 0; i < 100; i++) {
      picture(stream, SLICE);
    }
    assertThat(sizes).hasSize(2);
    stream.close();
  }

  @Test
  void otherwiseAKeyFrameIsAskedForByOtherMeans() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    int[] asked = new int[1];
    stream.requestKeyFramesBy(() -> asked[0]++);
    for (int i = 0; i < 51; i++) {
      picture(stream, SLICE);
    }
    assertThat(asked[0]).isEqualTo(2);
    assertThat(left).isEmpty();
    stream.close();
  }

  @Test
  void aGoodbyeEndsTheConnectionAndAnothersDoesNot() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    stream.rtcp(bye(8));
    assertThatThrownBy(() -> stream.rtcp(bye(7)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("ends the stream");
    stream.close();
  }

  @Test
  void picturesAreDatedByTheCamerasReportsOnceTwoAgree() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    for (int i = 0; i < 4; i++) {
      stream.rtcp(report(i));
      picture(stream, IDR);
    }
    // The camera's clock stands at the epoch with ours, which is fixed; its pictures go on.
    assertThat(reported).containsExactly(false, true, true, true);
    assertThat(stream.clockOffset().orElseThrow().toMillis()).isEqualTo(120);
    stream.close();
  }

  private ByteBuf report(int pictures) {
    ByteBuf report = Unpooled.buffer().writeByte(0x80).writeByte(200).writeShort(6).writeInt(7);
    report.writeInt((int) 2_208_988_800L).writeInt((int) (pictures * 0.04 * (1L << 32)) + 1);
    return report.writeInt((int) timestamp).writeLong(0);
  }

  private static ByteBuf bye(int ssrc) {
    return Unpooled.buffer().writeByte(0x81).writeByte(203).writeShort(1).writeInt(ssrc);
  }

  @Test
  void otherParameterSetsInTheStreamGiveNewParametersAndTheSameOnesDoNot() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    picture(stream, FULL_HD, PPS, IDR);
    picture(stream, HD, PPS, IDR);
    picture(stream, SLICE);
    assertThat(parameters.get(1)).isSameAs(parameters.get(0));
    assertThat(parameters.get(2)).hasToString("H264 1280x720");
    assertThat(parameters.get(3)).isSameAs(parameters.get(2));
    assertThat(left).element(2).isEqualTo("7201 key");
  }

  @Test
  void theNextConnectionGoesOnInMediaTimeWithAnotherClock() throws Exception {
    picture(stream(FULL_HD, PPS), IDR);
    time.advanceTimeBy(2, TimeUnit.SECONDS);
    timestamp = 77;
    sequence = 5000;
    picture(stream(FULL_HD, PPS), IDR);
    assertThat(left).containsExactly("1 key discontinuity", "183601 key discontinuity");
  }

  @Test
  void aJumpOfTheTimestampsIsMarked() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    timestamp += 90_000 * 3600;
    picture(stream, SLICE);
    picture(stream, SLICE);
    assertThat(left).containsExactly("1 key discontinuity", "3601 discontinuity", "7201");
  }

  @Test
  void parameterSetsThatCannotBeReadAreLeftOut() throws Exception {
    VideoStreamAssembly stream = stream(FULL_HD, PPS, "67", "68", "67ffffff", FULL_HD + "00000001");
    picture(stream, IDR);
    picture(stream, "67" + "ff".repeat(5000), SLICE);
    assertThat(parameters.get(0).sequenceParameterSets()).hasSize(1);
    assertThat(parameters.get(0).sequenceParameterSets().get(0))
        .isEqualTo(HexFormat.of().parseHex(FULL_HD));
    assertThat(left).hasSize(2);
  }
}
