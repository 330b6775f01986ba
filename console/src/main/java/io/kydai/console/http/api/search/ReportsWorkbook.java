package io.kydai.console.http.api.search;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.Report;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Reports as a workbook (ECMA-376): the columns of the CSV, times as times of the site's zone, and
 * a second sheet that says what the file is. Texts are cells of text in the format of text, which
 * no spreadsheet runs as a formula, not even when somebody edits them. At most {@value #MAX}
 * reports are in it; rows are written while they are read, a batch at a time.
 */
final class ReportsWorkbook {
  static final int MAX = 50_000;
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final String TEXT = "@";
  private static final String TIME = "yyyy-mm-dd hh:mm:ss";
  private static final double TIME_WIDTH = 19;
  private static final double TEXT_WIDTH = 24;
  private static final double WIDE = 110;
  private static final List<String> TIMES =
      List.of("received-at", "started-at", "ended-at", "due-at");

  private final Cameras cameras;
  private final FileHead head;
  private final OutputStream out;
  private int rows;

  ReportsWorkbook(Cameras cameras, FileHead head, OutputStream out) {
    this.cameras = cameras;
    this.head = head;
    this.out = out;
  }

  /**
   * Writes what a search finds.
   *
   * @throws IOException when the reader has gone
   */
  void write(ReportSearch search, SearchRequest request) throws IOException {
    try (Workbook book = new Workbook(out, "Kydai", null)) {
      Worksheet sheet = book.newWorksheet(head.words().say("sheet.reports"));
      heading(sheet);
      boolean more =
          search.export(
              request,
              MAX,
              reports -> {
                for (Report report : reports) {
                  row(sheet, ReportRow.of(report, cameras));
                }
                sheet.flush();
              });
      sheet.finish();
      about(book.newWorksheet(head.words().say("sheet.about")), more);
    }
  }

  private static void heading(Worksheet sheet) {
    for (int i = 0; i < ReportRow.COLUMNS.size(); i++) {
      String name = ReportRow.COLUMNS.get(i).name();
      sheet.inlineString(0, i, name);
      sheet.style(0, i).bold().set();
      sheet.width(i, TIMES.contains(name) ? TIME_WIDTH : TEXT_WIDTH);
    }
    sheet.freezePane(0, 1);
  }

  private void row(Worksheet sheet, ReportRow row) {
    rows++;
    for (int i = 0; i < ReportRow.COLUMNS.size(); i++) {
      Object value = ReportRow.COLUMNS.get(i).value().apply(row);
      if (value instanceof Instant at) {
        sheet.value(rows, i, LocalDateTime.ofInstant(at, head.zone()));
        sheet.style(rows, i).format(TIME).set();
      } else if (value != null) {
        text(sheet, rows, i, value.toString());
      }
    }
  }

  private static void text(Worksheet sheet, int row, int column, String text) {
    sheet.inlineString(row, column, text);
    sheet.style(row, column).format(TEXT).set();
  }

  private void about(Worksheet sheet, boolean more) throws IOException {
    int at = 0;
    for (String line : head.lines()) {
      text(sheet, at++, 0, line);
    }
    text(sheet, at, 0, head.end(rows, more));
    sheet.width(0, WIDE);
    sheet.finish();
  }
}
