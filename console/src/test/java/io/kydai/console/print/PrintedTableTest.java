package io.kydai.console.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.text.Normalizer;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PrintedTableTest {
  private static final PrintedTable.Heading HEADING =
      new PrintedTable.Heading("Phản ánh", List.of("Điều kiện: mọi phản ánh"), "Lan", "vi");
  private static final List<PrintedTable.Column> COLUMNS =
      List.of(new PrintedTable.Column("Nơi", 1), new PrintedTable.Column("Vì sao", 3));

  private static byte[] document(List<List<List<String>>> rows) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GregorianCalendar made =
        GregorianCalendar.from(ZonedDateTime.parse("2026-11-28T19:00:00+07:00"));
    try (PrintedTable table = new PrintedTable(HEADING, COLUMNS, made)) {
      for (List<List<String>> row : rows) {
        table.row(row);
      }
      table.save((number, pages) -> "trang " + number + "/" + pages, out);
    }
    return out.toByteArray();
  }

  private static String text(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static List<List<String>> row(String place, String why) {
    return List.of(List.of(place), List.of(why));
  }

  @Test
  void everyLetterOfVietnameseIsWrittenAndReadBack() throws Exception {
    String letters =
        IntStream.concat(
                IntStream.rangeClosed(0x1EA0, 0x1EF9), "ĂÂĐÊÔƠƯăâđêôơưÀÁÃÈÉÌÍÒÓÕÙÚÝĨŨ".chars())
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    String read =
        text(
            document(
                List.of(
                    row(
                        "đường",
                        letters.replaceAll("(.{20})", "$1 ")
                            + " "
                            + Normalizer.normalize("ngược chiều", Normalizer.Form.NFD)))));
    assertThat(read.replaceAll("\\s", "")).contains(letters).contains("ngượcchiều");
  }

  @Test
  void aCharacterThatTheFontLacksAndALineBreakDoNoHarm() throws Exception {
    assertThat(text(document(List.of(row("a\u0000\nb", "x \uD83D\uDE80 漢 y")))))
        .contains("a b", "x ? ? y");
  }

  @Test
  void aLongTextEndsWithAnEllipsisAndALongWordIsBroken() throws Exception {
    String read =
        text(
            document(
                List.of(row("W".repeat(500), String.join(" ", Collections.nCopies(300, "xe"))))));
    assertThat(read).containsPattern("W{5,}…").containsPattern("xe ?x?…");
    assertThat(read.lines().filter(line -> line.startsWith("WWW")).count()).isEqualTo(4);
  }

  @Test
  void eachPageHasItsNumberTheColumnsAndItsOwnFont() throws Exception {
    byte[] pdf = document(Collections.nCopies(100, row("Cầu Trường Tiền", "6 người")));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int pages = document.getNumberOfPages();
      assertThat(pages).isGreaterThan(2);
      PDFTextStripper stripper = new PDFTextStripper();
      for (int page = 1; page <= pages; page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        assertThat(stripper.getText(document)).contains("trang " + page + "/" + pages, "Vì sao");
      }
      PDPage first = document.getPage(0);
      for (COSName name : first.getResources().getFontNames()) {
        PDFont font = first.getResources().getFont(name);
        assertThat(font.isEmbedded()).isTrue();
      }
      assertThat(document.getDocumentInformation().getAuthor()).isEqualTo("Lan");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("vi");
    }
    assertThat(text(pdf)).contains("Điều kiện: mọi phản ánh");
  }
}
