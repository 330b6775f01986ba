package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Alerts;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Files of what a search found are read back by readers that are not those that wrote them. */
class SearchFileTest {
  private static final String FORMULA = "=cmd|' /C calc'!A0";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    camera("gate", "Cầu Trường Tiền, đầu bắc", "Trần Hưng Đạo, phường Phú Hòa");
    camera("park", "Công viên", "Lê Lợi");
    receive("a1", "gate", "6 người tụ tập trên vỉa hè", "75F100041");
    receive("a2", "park", FORMULA, "51F12345");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void camera(String id, String name, String address) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            ("{\"id\": \"%s\", \"name\": \"%s\", \"url\": \"rtsp://127.0.0.1/\","
                    + " \"place\": {\"lat\": 16.46, \"lon\": 107.59, \"address\": \"%s\"}}")
                .formatted(id, name, address))
        .expect(201);
  }

  private void receive(String id, String camera, String reason, String plate) {
    Alert like = Alerts.read(DeskServer.alert(id), plate, 0.9);
    desk.reports.receive(
        new Alert(
            AlertId.of(id),
            new Alert.Origin(new CameraId(camera), RuleId.of("crowd"), "crowding"),
            like.phase(),
            like.span(),
            like.participants(),
            new Alert.Finding(reason, Map.of())),
        List.of());
  }

  private byte[] file(String query) throws Exception {
    return desk.api.get("/api/v1/search/export?" + query).expect(200).body();
  }

  private Map<String, byte[]> parts(byte[] workbook) throws Exception {
    Map<String, byte[]> parts = new HashMap<>();
    Path file = Files.write(folder.resolve("read.xlsx"), workbook);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return parts;
  }

  private static Document xml(byte[] part) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(part));
  }

  /** Returns the rows of a sheet: what stands in each cell, after its type. */
  private static List<List<String>> rows(byte[] sheet) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    NodeList found = xml(sheet).getElementsByTagName("row");
    for (int i = 0; i < found.getLength(); i++) {
      List<String> cells = new ArrayList<>();
      NodeList inRow = ((Element) found.item(i)).getElementsByTagName("c");
      for (int j = 0; j < inRow.getLength(); j++) {
        Element cell = (Element) inRow.item(j);
        cells.add(cell.getAttribute("t") + ":" + cell.getTextContent());
      }
      rows.add(cells);
    }
    return rows;
  }

  @Test
  void aWorkbookHasTheRowsOfTheCsvAndNoFormula() throws Exception {
    byte[] file = file("format=xlsx&order=oldest");
    Files.write(Files.createDirectories(Path.of("target", "files")).resolve("reports.xlsx"), file);
    Map<String, byte[]> parts = parts(file);
    byte[] sheet = parts.get("xl/worksheets/sheet1.xml");
    assertThat(xml(sheet).getElementsByTagName("f").getLength()).isZero();
    List<List<String>> rows = rows(sheet);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("inlineStr:id", "inlineStr:received-at");
    assertThat(rows.get(1))
        .contains("inlineStr:75F100041", "inlineStr:Cầu Trường Tiền, đầu bắc")
        .contains("inlineStr:6 người tụ tập trên vỉa hè");
    assertThat(rows.get(2)).contains("inlineStr:" + FORMULA);
    double received = Double.parseDouble(rows.get(1).get(1).replaceAll("^[a-z]*:", ""));
    assertThat(received).as("days since 1900").isBetween(40_000.0, 60_000.0);
    String styles = new String(parts.get("xl/styles.xml"), UTF_8);
    assertThat(styles).contains("yyyy-mm-dd hh:mm:ss");
    String about = rows(parts.get("xl/worksheets/sheet2.xml")).toString();
    assertThat(about).contains("Điều kiện: cũ nhất trước", "Múi giờ: Etc/UTC", "Có 2 phản ánh.");
  }

  @Test
  void aDocumentSaysWhatWasSearchedByWhomAndWhen() throws Exception {
    byte[] file =
        file(
            "format=pdf&camera=gate&type=crowding&state=received&plate=75F*&reason="
                + URLEncoder.encode("Công văn 123", UTF_8));
    Files.write(Files.createDirectories(Path.of("target", "files")).resolve("reports.pdf"), file);
    String text;
    try (PDDocument document = Loader.loadPDF(file)) {
      text = new PDFTextStripper().getText(document);
    }
    assertThat(text)
        .contains("Phản ánh tìm được")
        .contains("camera Cầu Trường Tiền, đầu bắc", "biển số 75F*", "trạng thái mới nhận")
        .contains("Lý do: Công văn 123")
        .contains("Múi giờ: Etc/UTC (UTC)")
        .contains("trang 1/1", "75F100041", "Có 1 phản ánh.")
        .doesNotContain("51F12345");
    assertThat(text.replaceAll("\\s+", " ")).contains("Trần Hưng Đạo, phường Phú Hòa");
    assertThat(entry().json())
        .contains("\"format\":\"pdf\"", "\"plate\":\"75F*\"", "\"reason\":\"Công văn 123\"");
    try (PDDocument document = Loader.loadPDF(file("format=pdf&language=en"))) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Reports found", "Conditions: newest first", "page 1/1");
    }
  }

  private AuditEntry entry() {
    desk.groups.save();
    return desk.audit
        .list(
            new AuditFilter(
                null, null, null, AuditEventType.REPORTS_EXPORTED, null, null, 50, null))
        .entries()
        .get(0);
  }

  @Test
  void noFileHasAPlateWithoutAReasonOrAReportThatMayNotBeSeen() throws Exception {
    for (String format : List.of("csv", "xlsx", "pdf")) {
      assertThat(
              desk.api
                  .get("/api/v1/search/export?plate=75F*&format=" + format)
                  .expect(400)
                  .json()
                  .get("field")
                  .asText())
          .isEqualTo("reason");
    }
    desk.api.get("/api/v1/search/export?format=docx").expect(400);
    desk.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.REVIEWER, Scope.of(new CameraId("gate")), null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient lan = new PersonClient(desk.address);
    lan.logIn(Map.of("name", "lan", "password", LoggedIn.PASSWORD)).is(200);
    HttpRequest request =
        HttpRequest.newBuilder(desk.address.resolve("/api/v1/search/export?format=xlsx"))
            .header(
                "Cookie",
                lan.cookies().entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(Collectors.joining("; ")))
            .build();
    byte[] workbook =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    assertThat(rows(parts(workbook).get("xl/worksheets/sheet1.xml"))).hasSize(2);
  }

  @Test
  void bothLanguagesHaveTheSameWords() {
    String name = "io.kydai.console.http.api.search.file";
    ClassLoader loader = getClass().getClassLoader();
    assertThat(
            new TreeSet<>(
                ResourceBundle.getBundle(name, Locale.forLanguageTag("vi"), loader).keySet()))
        .isEqualTo(new TreeSet<>(ResourceBundle.getBundle(name, Locale.ENGLISH, loader).keySet()));
  }
}
