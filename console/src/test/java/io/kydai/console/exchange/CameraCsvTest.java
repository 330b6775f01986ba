package io.kydai.console.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.RecordedStreams;
import io.kydai.console.config.camera.RetentionConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.csv.CsvCell;
import io.kydai.console.exchange.ImportedRow.Code;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraCsvTest {
  private static final CameraConfig GATE =
      CameraConfig.of(new CameraId("gate"), Secret.of("rtsp://admin:pw@10.0.0.5/main"));

  private static List<ImportedRow> read(String text) {
    return CameraCsv.read(
        text, id -> id.value().equals("gate") ? Optional.of(GATE) : Optional.empty());
  }

  @Test
  void a_table_with_quotes_semicolons_and_a_byte_order_mark_is_read() {
    List<ImportedRow> rows =
        read(
            "\uFEFFID;Name;url;groups;lat;lon;retention-days\r\n"
                + "a;\"Cổng \"\"Bắc\"\"; trái\";rtsp://u:p@10.0.0.1/x;Trung tâm|Cầu;16,4637;107.59;7\r\n"
                + ";;;;;;\r\n");

    assertThat(rows).singleElement().satisfies(row -> assertThat(row.mistakes()).isEmpty());
    CameraConfig camera = rows.get(0).camera();
    assertThat(camera.name()).isEqualTo("Cổng \"Bắc\"; trái");
    assertThat(camera.groups()).containsExactly("Trung tâm", "Cầu");
    assertThat(camera.place().position().lat()).isEqualTo(16.4637);
    assertThat(camera.retention().days()).isEqualTo(7);
    assertThat(camera.rules()).isEqualTo(CameraConfig.DEFAULT_RULES);
  }

  @Test
  void every_mistake_has_its_line_and_its_column() {
    List<ImportedRow> rows =
        read(
            "id,name,url,lat,lon,retention-days\n"
                + "A b,x,rtsp://h/1,,,\n"
                + "ok,x,ftp://h/1,99,1,0\n"
                + "same,\"two\nlines\",rtsp://h/1,,,\n"
                + "same,x,rtsp://h/1,,,\n"
                + ",x,rtsp://h/1,,,\n"
                + "bare,x,,,,\n");

    assertThat(rows).extracting(ImportedRow::line).containsExactly(2, 3, 4, 6, 7, 8);
    assertThat(rows.get(0).mistakes().get(0).column()).isEqualTo("id");
    assertThat(rows.get(1).mistakes())
        .extracting(ImportedRow.Mistake::column)
        .contains("url", "lat", "retention-days");
    assertThat(rows.get(3).mistakes().get(0).code()).isEqualTo(Code.DUPLICATE);
    assertThat(rows.get(4).mistakes().get(0).code()).isEqualTo(Code.MISSING);
    assertThat(rows.get(5).mistakes().get(0))
        .satisfies(
            mistake -> {
              assertThat(mistake.column()).isEqualTo("url");
              assertThat(mistake.code()).isEqualTo(Code.MISSING);
            });
  }

  @Test
  void an_unknown_column_is_refused_before_anything_is_read() {
    assertThat(read("id,naem\na,b\n"))
        .singleElement()
        .satisfies(row -> assertThat(row.mistakes().get(0).code()).isEqualTo(Code.UNKNOWN_COLUMN));
    assertThat(read("")).singleElement();
  }

  @Test
  void a_known_camera_keeps_what_an_empty_cell_leaves_out() {
    ImportedRow row = read("id,name,url\ngate,New name,\n").get(0);

    assertThat(row.camera().name()).isEqualTo("New name");
    assertThat(row.camera().shownUrl()).isEqualTo(GATE.shownUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1"})
  void a_formula_is_written_as_text_and_read_back(String name) {
    CameraConfig camera = Records.with(GATE, Map.of("name", name));

    String text = CameraCsv.write(List.of(camera));

    assertThat(text).contains("'" + name).doesNotContain("pw");
    assertThat(read(text).get(0).camera().name().strip()).isEqualTo(name.strip());
  }

  @Test
  void what_is_recorded_and_for_how_long_is_written_and_read_back() {
    String text =
        "id,name,url,second-url,recording,recording-times,recording-streams,retention-sub-days,"
            + "retention-thin-days,retention-archive-days\n"
            + "a,A,rtsp://h/1,rtsp://h/2,schedule,mon-fri 06:00-22:00|sat 08:00-12:00,both,90,7,0\n";
    CameraConfig camera = read(text).get(0).camera();

    assertThat(camera.recording().times()).hasSize(2);
    assertThat(camera.recording().streams()).isEqualTo(RecordedStreams.BOTH);
    assertThat(camera.retention()).isEqualTo(new RetentionConfig(30, 90, 7, 0));
    assertThat(read(CameraCsv.write(List.of(camera))).get(0).camera()).isEqualTo(camera);
    assertThat(read("id,name,url,recording-streams\na,A,rtsp://h/1,sub\n").get(0).mistakes())
        .as("it has one stream")
        .extracting(ImportedRow.Mistake::column)
        .containsExactly("second-url");
  }

  @Test
  void numbers_are_no_formulas() {
    assertThat(CsvCell.of("-12.5")).isEqualTo("-12.5");
  }
}
