package io.kydai.console.print;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The font of a document: Liberation Sans (OFL), which PDFBox carries and which has every letter of
 * Vietnamese. Of its glyphs the document gets those that it uses, so that no font of the machine is
 * needed, neither here nor where it is read.
 */
final class PrintFont {
  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** Stands for a character that the font does not have. */
  private static final int UNKNOWN = '?';

  private final PDFont font;
  private final CmapLookup glyphs;

  private PrintFont(PDFont font, CmapLookup glyphs) {
    this.font = font;
    this.glyphs = glyphs;
  }

  /**
   * Returns the font for a document, which closes it.
   *
   * @throws IOException when the font cannot be read
   */
  static PrintFont of(PDDocument document) throws IOException {
    try (InputStream in = requireNonNull(PDDocument.class.getResourceAsStream(FILE), FILE)) {
      TrueTypeFont file = new TTFParser().parse(new RandomAccessReadBuffer(in));
      return new PrintFont(PDType0Font.load(document, file, true), file.getUnicodeCmapLookup());
    }
  }

  PDFont font() {
    return font;
  }

  /** Returns a text as the font can write it: composed, on one line, without what it lacks. */
  String writable(String text) {
    StringBuilder written = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
        .map(c -> glyphs.getGlyphId(c) == 0 ? UNKNOWN : c)
        .forEach(written::appendCodePoint);
    return written.toString();
  }

  /** Returns how wide a writable text is, in points. */
  float width(String text, float size) throws IOException {
    return font.getStringWidth(text) / 1000 * size;
  }

  /**
   * Returns a text in lines, broken between words, and within one that is wider than a line. What
   * does not fit into so many lines ends with an ellipsis.
   */
  List<String> lines(String text, float size, float width, int most) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : writable(text).strip().split(" +")) {
      String longer = line.isEmpty() ? word : line + ' ' + word;
      if (width(longer, size) <= width) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = word;
      while (width(line, size) > width && lines.size() <= most) {
        int fits = fitting(line, size, width);
        lines.add(line.substring(0, fits));
        line = line.substring(fits);
      }
      if (lines.size() > most) {
        break;
      }
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines.size() <= most ? lines : shortened(lines, size, width, most);
  }

  private List<String> shortened(List<String> lines, float size, float width, int most)
      throws IOException {
    String last = lines.get(most - 1);
    while (width(last + '…', size) > width) {
      last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
    }
    List<String> kept = new ArrayList<>(lines.subList(0, most - 1));
    kept.add(last + '…');
    return kept;
  }

  /** Returns how many characters of a word fit; at least one. */
  private int fitting(String word, float size, float width) throws IOException {
    int fits = word.offsetByCodePoints(0, 1);
    int next = fits;
    while (next <= word.length() && width(word.substring(0, next), size) <= width) {
      fits = next;
      next = next == word.length() ? next + 1 : word.offsetByCodePoints(next, 1);
    }
    return fits;
  }
}
