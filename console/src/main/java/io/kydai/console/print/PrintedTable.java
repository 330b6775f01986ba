package io.kydai.console.print;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A table on pages of A4 on their side, with a heading on the first page and the columns' names on
 * each. The pages are in memory until the document is saved, compressed, some 4 KiB each: the
 * number of rows is for the caller to bound. Nothing of them is in a file, where a killed process
 * would leave it.
 */
public final class PrintedTable implements Closeable {
  private static final PDRectangle PAGE =
      new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth());
  private static final float MARGIN = 34;
  private static final float FOOT = 18;
  private static final float TITLE = 15;
  private static final float TEXT = 8;
  private static final float LEADING = 10.2f;
  private static final float GAP = 6;
  private static final float PADDING = 3;
  private static final int MAX_CELL_LINES = 4;
  private static final int MAX_HEADING_LINES = 4;

  private final PDDocument document;
  private final PrintFont font;
  private final List<Column> columns;
  private final float unit;
  private PDPageContentStream page;
  private float y;

  /**
   * A column.
   *
   * @param name what stands above it
   * @param share how wide it is, beside the other columns' shares
   */
  public record Column(String name, int share) {
    public Column {
      requireNonNull(name);
    }
  }

  /**
   * What is said of the whole table.
   *
   * @param title of the document
   * @param lines below the title, each a paragraph
   * @param author who had it made
   * @param language of its words, as BCP 47 has it
   */
  public record Heading(String title, List<String> lines, String author, String language) {
    public Heading {
      requireNonNull(title);
      lines = List.copyOf(lines);
      requireNonNull(author);
      requireNonNull(language);
    }
  }

  /**
   * Begins a document.
   *
   * @param made when, in the zone of the document
   * @throws IOException when the font cannot be read
   */
  public PrintedTable(Heading heading, List<Column> columns, GregorianCalendar made)
      throws IOException {
    this.columns = List.copyOf(columns);
    unit =
        (PAGE.getWidth() - 2 * MARGIN - GAP * (columns.size() - 1))
            / columns.stream().mapToInt(Column::share).sum();
    document = new PDDocument();
    try {
      font = PrintFont.of(document);
      describe(heading, made);
      page = begin();
      write(heading);
      names();
    } catch (IOException e) {
      document.close();
      throw e;
    }
  }

  private void describe(Heading heading, Calendar made) {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(heading.title());
    information.setAuthor(heading.author());
    information.setCreator("Kydai");
    information.setCreationDate(made);
    document.getDocumentCatalog().setLanguage(heading.language());
  }

  private PDPageContentStream begin() throws IOException {
    PDPage next = new PDPage(PAGE);
    document.addPage(next);
    y = PAGE.getHeight() - MARGIN;
    return new PDPageContentStream(document, next);
  }

  private void write(Heading heading) throws IOException {
    y -= TITLE;
    text(page, font.writable(heading.title()), MARGIN, y, TITLE);
    y -= PADDING;
    for (String paragraph : heading.lines()) {
      for (String line :
          font.lines(paragraph, TEXT, PAGE.getWidth() - 2 * MARGIN, MAX_HEADING_LINES)) {
        y -= LEADING;
        text(page, line, MARGIN, y, TEXT);
      }
    }
    y -= LEADING;
  }

  private void names() throws IOException {
    page.setNonStrokingColor(0.35f, 0.35f, 0.35f);
    cells(columns.stream().map(column -> List.of(column.name())).toList());
    page.setNonStrokingColor(0f, 0f, 0f);
  }

  /**
   * Adds a row.
   *
   * @param cells for each column its paragraphs; what is longer than {@value #MAX_CELL_LINES} lines
   *     ends with an ellipsis
   * @throws IOException when the page cannot be made
   */
  public void row(List<List<String>> cells) throws IOException {
    int lines = 1;
    for (int i = 0; i < cells.size(); i++) {
      lines = Math.max(lines, lines(cells.get(i), i).size());
    }
    if (y - lines * LEADING - 2 * PADDING < MARGIN + FOOT) {
      page.close();
      page = begin();
      names();
    }
    cells(cells);
  }

  /**
   * Adds a line below the rows.
   *
   * @throws IOException when the page cannot be made
   */
  public void note(String words) throws IOException {
    if (y - 2 * LEADING < MARGIN + FOOT) {
      page.close();
      page = begin();
    }
    y -= 2 * LEADING;
    text(page, font.writable(words), MARGIN, y, TEXT);
  }

  private float width(int column) {
    return columns.get(column).share() * unit;
  }

  private List<String> lines(List<String> paragraphs, int column) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String paragraph : paragraphs) {
      lines.addAll(font.lines(paragraph, TEXT, width(column), MAX_CELL_LINES));
    }
    return lines;
  }

  private void cells(List<List<String>> cells) throws IOException {
    float x = MARGIN;
    float least = y;
    for (int i = 0; i < cells.size(); i++) {
      float at = y - PADDING;
      for (String line : lines(cells.get(i), i)) {
        at -= LEADING;
        text(page, line, x, at, TEXT);
      }
      least = Math.min(least, at);
      x += width(i) + GAP;
    }
    y = least - PADDING;
    page.setStrokingColor(0.75f, 0.75f, 0.75f);
    page.setLineWidth(0.5f);
    page.moveTo(MARGIN, y);
    page.lineTo(PAGE.getWidth() - MARGIN, y);
    page.stroke();
  }

  private void text(PDPageContentStream on, String line, float x, float at, float size)
      throws IOException {
    on.beginText();
    on.setFont(font.font(), size);
    on.newLineAtOffset(x, at);
    on.showText(line);
    on.endText();
  }

  /** Writes what stands at the foot of a page, by its number and the number of pages. */
  @FunctionalInterface
  public interface Foot {
    /** Returns the words for page {@code number}, from 1, of {@code pages}. */
    String words(int number, int pages);
  }

  /**
   * Ends the document and writes it.
   *
   * @throws IOException when there is nowhere to write it to any more
   */
  public void save(Foot foot, OutputStream out) throws IOException {
    page.close();
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      try (PDPageContentStream end =
          new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
        String words = font.writable(foot.words(i + 1, pages));
        text(end, words, PAGE.getWidth() - MARGIN - font.width(words, TEXT), MARGIN, TEXT);
      }
    }
    document.save(out);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
