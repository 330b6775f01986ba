package io.kydai.console.http.api.search;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.print.PrintedTable;
import io.kydai.console.reports.Report;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reports as a PDF to be printed or filed: what was searched, by whom and when, and a row for each
 * report. At most {@value #MAX} are in it, some 400 pages, which are in memory until the last one
 * is known, since each page says how many there are.
 */
final class ReportsDocument {
  static final int MAX = 5_000;

  private static final List<ColumnOf> COLUMNS =
      List.of(
          new ColumnOf("received", 18),
          new ColumnOf("type", 10),
          new ColumnOf("place", 20),
          new ColumnOf("state", 9),
          new ColumnOf("agency", 13),
          new ColumnOf("plates", 9),
          new ColumnOf("reason", 21));

  private final Cameras cameras;
  private final FileHead head;
  private final UnaryOperator<String> agencies;
  private int rows;

  private record ColumnOf(String key, int share) {}

  /**
   * Creates the writer of a document.
   *
   * @param agencies finds the name of an agency by its id
   */
  ReportsDocument(Cameras cameras, FileHead head, UnaryOperator<String> agencies) {
    this.cameras = cameras;
    this.head = head;
    this.agencies = agencies;
  }

  /**
   * Writes what a search finds.
   *
   * @throws IOException when the reader has gone
   */
  void write(ReportSearch search, SearchRequest request, OutputStream out) throws IOException {
    FileWords words = head.words();
    PrintedTable.Heading heading =
        new PrintedTable.Heading(
            words.say("title"), head.lines(), head.author(), words.language().tag());
    List<PrintedTable.Column> columns =
        COLUMNS.stream()
            .map(one -> new PrintedTable.Column(words.say("column." + one.key), one.share))
            .toList();
    try (PrintedTable table =
        new PrintedTable(
            heading, columns, GregorianCalendar.from(head.madeAt().atZone(head.zone())))) {
      boolean more =
          search.export(
              request,
              MAX,
              reports -> {
                for (Report report : reports) {
                  table.row(row(ReportRow.of(report, cameras)));
                }
              });
      table.note(head.end(rows, more));
      String made = FileWords.time(head.madeAt(), head.zone());
      table.save((number, pages) -> words.say("foot", made, number, pages), out);
    }
    out.flush();
  }

  private List<List<String>> row(ReportRow row) {
    rows++;
    Report report = row.report();
    String name = row.cameraName();
    return List.of(
        List.of(FileWords.time(report.times().receivedAt(), head.zone()), report.id().value()),
        List.of(head.words().type(report.origin().type())),
        List.of(name.isEmpty() ? report.origin().camera().value() : name, row.address()),
        List.of(head.words().state(report.handling().state())),
        List.of(Optional.ofNullable(report.handling().agency()).map(agencies).orElse("")),
        List.of(row.plates()),
        List.of(report.finding().reason()));
  }
}
