package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.MediaTimeline;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtp.RtpBytes;
import io.kydai.ingest.rtsp.MediaTrack;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CameraStreamTest {
  private static final String FULL_HD = "6742c028d900780227e584000003000400000300f03c60c920";
  private static final String HD = "6764001facd9405005bb016c80000003008000001e078c18cb";
  private static final String PPS = "68ce3c80";
  private static final String IDR = "658884aabb";
  private static final String SLICE = "419a24cc";

  private final List<String> left = new ArrayList<>();
  private final List<CodecParameters> parameters = new ArrayList<>();
  private final MediaTimeline timeline = new MediaTimeline(0);
  private long now;
  private int sequence;
  private long timestamp = 1_000_000;

  private CameraStream stream(String... parameterSets) throws MediaException {
    String sets =
        Stream.of(parameterSets)
            .map(hex -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
            .collect(Collectors.joining(","));
    return new CameraStream(
        new CameraId("gate"),
        new MediaTrack(
            0,
            MediaTrack.Kind.VIDEO,
            "rtsp://camera/1",
            96,
            "H264",
            90_000,
            1,
            Map.of("sprop-parameter-sets", sets)),
        timeline,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        () -> now,
        (decodedWith, mediaTime, wallClock, discontinuity, picture) -> {
          parameters.add(decodedWith);
          left.add(describe(mediaTime, discontinuity, picture));
        });
  }

  private static String describe(long mediaTime, boolean discontinuity, Picture picture) {
    return mediaTime + (picture.keyFrame() ? " key" : "") + (discontinuity ? " discontinuity" : "");
  }

  private void picture(CameraStream stream, String... nals) throws MediaException {
    for (int i = 0; i < nals.length; i++) {
      stream.rtp(RtpBytes.packet(sequence++, timestamp, i == nals.length - 1, nals[i]));
    }
    timestamp += 3600;
    now += 40_000_000;
  }

  @Test
  void picturesBeforeTheFirstKeyFrameStayBack() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS);
    picture(stream, SLICE);
    picture(stream, IDR);
    picture(stream, SLICE);
    assertThat(left).containsExactly("3600 key discontinuity", "7200");
    assertThat(parameters).allSatisfy(one -> assertThat(one).hasToString("H264 1920x1080"));
  }

  @Test
  void keyFramesWithoutTheirParameterSetsStayBackUntilTheseCome() throws Exception {
    CameraStream stream = stream(PPS);
    picture(stream, IDR);
    picture(stream, SLICE);
    picture(stream, FULL_HD, IDR);
    assertThat(left).containsExactly("7200 key discontinuity");
  }

  @Test
  void fromALossToTheNextKeyFrameNothingLeaves() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    sequence++;
    picture(stream, SLICE);
    picture(stream, SLICE);
    picture(stream, IDR);
    picture(stream, SLICE);
    assertThat(left).containsExactly("1 key discontinuity", "10801 key discontinuity", "14401");
    assertThat(stream.lost()).isEqualTo(1);
  }

  @Test
  void aDamagedPictureStaysBackAndSoDoesAllUpToTheNextKeyFrame() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    picture(stream, SLICE, "1c01", "41449a24dd");
    picture(stream, SLICE);
    picture(stream, IDR);
    assertThat(left).containsExactly("1 key discontinuity", "10801 key discontinuity");
  }

  @Test
  void otherParameterSetsInTheStreamGiveNewParametersAndTheSameOnesDoNot() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS);
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
    now += 2_000_000_000L;
    timestamp = 77;
    sequence = 5000;
    picture(stream(FULL_HD, PPS), IDR);
    assertThat(left).containsExactly("1 key discontinuity", "183601 key discontinuity");
  }

  @Test
  void aJumpOfTheTimestampsIsMarked() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS);
    picture(stream, IDR);
    timestamp += 90_000 * 3600;
    picture(stream, SLICE);
    picture(stream, SLICE);
    assertThat(left).containsExactly("1 key discontinuity", "3601 discontinuity", "7201");
  }

  @Test
  void parameterSetsThatCannotBeReadAreLeftOut() throws Exception {
    CameraStream stream = stream(FULL_HD, PPS, "67", "68", "67ffffff", FULL_HD + "00000001");
    picture(stream, IDR);
    picture(stream, "67" + "ff".repeat(5000), SLICE);
    assertThat(parameters.get(0).sequenceParameterSets()).hasSize(1);
    assertThat(parameters.get(0).sequenceParameterSets().get(0))
        .isEqualTo(HexFormat.of().parseHex(FULL_HD));
    assertThat(left).hasSize(2);
  }
}
