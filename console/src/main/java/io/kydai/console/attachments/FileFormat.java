package io.kydai.console.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/** The formats of attachments. A file's format is judged by its content, never by its name. */
public enum FileFormat {
  /** JPEG: begins with the marker SOI and another one (ITU-T T.81, B.1.1). */
  JPEG("image/jpeg", "jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}),
  /** PNG: begins with its signature (ISO/IEC 15948, 5.2) and the chunk IHDR. */
  PNG(
      "image/png",
      "png",
      new byte[] {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
      }),
  /** PDF: begins with its header (ISO 32000-1, 7.5.2). */
  PDF("application/pdf", "pdf", "%PDF-".getBytes(US_ASCII));

  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = "Exif\0".getBytes(US_ASCII);

  private final String mediaType;
  private final String ending;
  private final byte[] beginning;

  FileFormat(String mediaType, String ending, byte[] beginning) {
    this.mediaType = mediaType;
    this.ending = ending;
    this.beginning = beginning;
  }

  /** Returns its media type, such as {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the ending of its files' names, such as {@code jpg}. */
  public String ending() {
    return ending;
  }

  /** Returns the format of a file; empty when it is none of these. */
  static Optional<FileFormat> of(byte[] file) {
    return Arrays.stream(values()).filter(one -> at(file, 0, one.beginning)).findFirst();
  }

  /** Returns the format with a media type. */
  static FileFormat ofMediaType(String mediaType) {
    return Arrays.stream(values())
        .filter(one -> one.mediaType.equals(mediaType))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether a file of this format has Exif data (CIPA DC-008); a PDF is not looked at. */
  boolean hasExif(byte[] file) {
    return switch (this) {
      case JPEG -> jpegHasExif(file);
      // The chunk has this name wherever it stands (PNG, third edition, 11.3.2.5).
      case PNG -> new String(file, ISO_8859_1).contains("eXIf");
      case PDF -> false;
    };
  }

  /** Walks over the segments before the picture's data; a broken one ends the walk. */
  private static boolean jpegHasExif(byte[] file) {
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker == SOS) {
        return false;
      }
      if (marker == APP1 && at(file, at + 4, EXIF)) {
        return true;
      }
      at += 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
    }
    return false;
  }

  private static boolean at(byte[] file, int from, byte[] expected) {
    return file.length >= from + expected.length
        && Arrays.equals(file, from, from + expected.length, expected, 0, expected.length);
  }
}
