package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.kydai.ingest.SharedData;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Streams that test what decoders must understand: several parameter sets, slices in any order and
 * repeated, many reference pictures, B-pictures.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class ConformanceStreamsTest {
  @Test
  void every_stream_is_cut_into_as_many_pictures_as_its_decoder_shows() throws IOException {
    Path folder = SharedData.assumeThere("h264-conformance");
    List<Executable> checks = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("EXPECTED.tsv"))) {
      String[] fields = line.split("\t");
      if (!fields[0].equals("file")) {
        checks.add(
            () ->
                assertThat(Clip.load(folder.resolve(fields[0])).length())
                    .as(fields[0])
                    .isEqualTo(Integer.parseInt(fields[5])));
      }
    }
    assertThat(checks).hasSizeGreaterThan(30);
    assertAll(checks);
  }

  /** In every packetization mode; what FFmpeg shows is what it shows from the file. */
  @ParameterizedTest
  @CsvSource({
    "MPS_MW_A.264,FRAGMENTS",
    "MR2_TANDBERG_E.264,AGGREGATES",
    "NRF_MW_E.264,SINGLE",
    "MIDR_MW_D.264,SINGLE",
    "Cisco_Adobe_PDF_sample_a_1024x768_CAVLC_Bframe_9.264,AGGREGATES",
    "BA1_FT_C.264,AGGREGATES",
    "test_cif_P_CABAC_slice.264,FRAGMENTS",
    "SVA_BA2_D.264,SINGLE",
    "Zhling_1280x720.264,FRAGMENTS",
  })
  void a_client_that_we_did_not_write_sees_what_is_in_the_file(String name, String how)
      throws Exception {
    Path file = SharedData.assumeThere("h264-conformance/" + name);
    Programs.assumeInstalled("ffmpeg", "ffmpeg");
    Packetization packets =
        switch (how) {
          case "SINGLE" -> Packetization.SINGLE_NAL_UNITS;
          case "AGGREGATES" -> Packetization.AGGREGATES;
          default -> Packetization.FRAGMENTS;
        };
    List<String> ofFile = EncodedClip.sums(file);
    SimulatedCamera camera =
        new SimulatedCamera("test", Clip.load(file), 100).withPacketization(packets);
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      List<String> pulled =
          Programs.sums(
              Programs.run(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-rtsp_transport",
                  "tcp",
                  "-i",
                  simulator.address("test"),
                  "-frames:v",
                  "" + ofFile.size(),
                  "-an",
                  "-fps_mode",
                  "passthrough",
                  "-f",
                  "framemd5",
                  "-"));
      int offset = ofFile.indexOf(pulled.get(0));
      assertThat(offset).isNotNegative();
      for (int i = 0; i < pulled.size(); i++) {
        assertThat(pulled.get(i))
            .as("picture %d", i)
            .isEqualTo(ofFile.get((offset + i) % ofFile.size()));
      }
    }
  }
}
