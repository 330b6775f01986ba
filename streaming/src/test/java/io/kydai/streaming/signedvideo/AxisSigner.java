package io.kydai.streaming.signedvideo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A camera that signs as Axis Signed Video does, written from its reference implementation for
 * these tests: it is ours, and shares no code with what it tests.
 */
final class AxisSigner {
  static final String SERIAL_NUMBER = "ACCC8E000001";

  private static final byte[] UUID = "Signed Video...0".getBytes(US_ASCII);
  private static final byte[] SHA256 = HexFormat.of().parseHex("0609608648016503040201");

  /**
   * How it signs.
   *
   * @param version 1, or 2 with the counters and hashes of later ones
   * @param list whether it lists the hashes of a group
   * @param groupsPerSignature since version 2
   * @param partAt after how many hashes a part of a group is signed, 0 for never, since version 2
   * @param late whether a document stands a picture later
   * @param apart whether the key stands in a document of its own at the start, since version 2
   */
  record Way(
      int version,
      boolean h265,
      boolean list,
      int groupsPerSignature,
      int partAt,
      boolean escaped,
      boolean late,
      boolean apart) {}

  /** What vouches for the key: a report, and certificates in PEM. */
  record Vouching(byte[] report, List<X509Certificate> chain) {
    static final Vouching NOTHING = new Vouching(new byte[0], List.of());
  }

  private final Way way;
  private final KeyPair key;
  private final Vouching vouching;
  private final List<byte[]> hashes = new ArrayList<>();
  private final List<byte[]> waiting = new ArrayList<>();
  private byte[] anchor = {};
  private byte[] first = new byte[32];
  private byte[] linked = new byte[32];
  private byte[] covered = {};
  private int counter;
  private int groups;

  AxisSigner(Way way, KeyPair key, Vouching vouching) {
    this.way = way;
    this.key = key;
    this.vouching = vouching;
  }

  /** Returns the NAL units of a picture with the documents that belong before it. */
  List<byte[]> picture(boolean start, byte[]... slices) throws GeneralSecurityException {
    List<byte[]> nals = new ArrayList<>();
    if (way.apart() && anchor.length == 0) {
      nals.add(document(true, false, true));
    }
    place(nals);
    if (way.version() == 1) {
      if (start) {
        byte[] own = digest(slices[0]);
        hashes.add(anchor.length == 0 ? own : digest(join(anchor, own)));
        counter++;
        waiting.add(document(false, false, true));
        hashes.clear();
      }
    } else {
      boolean part = !start && way.partAt() > 0 && hashes.size() >= way.partAt();
      if (anchor.length > 0 && (start || part)) {
        groups += start ? 1 : 0;
        boolean signed = part || groups % way.groupsPerSignature() == 0;
        counter++;
        waiting.add(document(false, part, signed));
        linked = first;
        first = new byte[0];
        hashes.clear();
        covered = signed ? new byte[0] : covered;
      }
    }
    if (!way.late()) {
      place(nals);
    }
    for (byte[] slice : slices) {
      byte[] hash = digest(slice);
      boolean isStart = start && slice == slices[0];
      if (isStart) {
        anchor = hash;
      } else {
        hash = digest(join(anchor, hash));
      }
      if (first.length == 0 || isStart && counter == 0) {
        first = hash;
      }
      hashes.add(hash);
      nals.add(slice);
    }
    return nals;
  }

  private void place(List<byte[]> nals) throws GeneralSecurityException {
    nals.addAll(waiting);
    if (!waiting.isEmpty() && covered.length > 0) {
      hashes.add(digest(covered));
      covered = new byte[0];
    }
    waiting.clear();
  }

  private byte[] document(boolean golden, boolean part, boolean signed)
      throws GeneralSecurityException {
    boolean old = way.version() == 1;
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    if (old) {
      field(fields, 1, general(part));
    }
    if (golden || !way.apart()) {
      claim(fields);
    }
    if (!old && !golden) {
      field(fields, 1, general(part));
    }
    if (!golden && way.list()) {
      field(fields, 4, join(new byte[] {1}, join(hashes.toArray(new byte[0][]))));
    }
    int flags = (way.escaped() ? 0x80 : 0) | (golden ? 0x40 : 0) | (old ? 0 : 0x30);
    int room = key.getPrivate().getAlgorithm().equals("RSA") ? 256 : 72;
    int reserved = signed ? 3 + 4 + (old ? 1 : 0) + room : 0;
    byte[] head = head(UUID.length + 1 + fields.size() + reserved);
    byte[] plain = join(head, UUID, new byte[] {(byte) flags}, fields.toByteArray());
    byte[] about = way.escaped() ? escaped(plain) : plain;
    byte[] signature = {};
    if (signed) {
      byte[] made =
          sign(key.getPrivate(), old && !way.list() ? join(chained(), digest(about)) : about);
      ByteBuffer value = ByteBuffer.allocate(reserved - 3);
      value.put((byte) (old ? 1 : 2)).put((byte) 0);
      if (old) {
        value.put((byte) (way.list() ? 1 : 0));
      }
      value.putShort((short) made.length).put(made);
      while (value.hasRemaining()) {
        value.put((byte) 1);
      }
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      field(field, 5, value.array());
      signature = field.toByteArray();
    }
    byte[] whole = join(plain, signature, new byte[] {(byte) 0x80});
    if (!signed) {
      covered = way.escaped() ? escaped(whole) : whole;
    }
    return escaped(whole);
  }

  private byte[] general(boolean part) throws GeneralSecurityException {
    ByteBuffer value = ByteBuffer.allocate(128);
    value.put((byte) (way.version() == 1 ? 2 : 4)).putInt(counter).putShort((short) hashes.size());
    value.put(new byte[] {2, 3, 8}).put((byte) (1 | (part ? 2 : 0)));
    long micros = SignedPictures.START.toEpochMilli() * 1_000;
    value.putLong(micros);
    if (way.version() > 1) {
      value.putLong(micros).put(linked);
      value.put(digest(join(new byte[] {1}, join(hashes.toArray(new byte[0][])))));
    }
    byte[] bytes = new byte[value.position()];
    value.flip().get(bytes);
    return bytes;
  }

  private void claim(ByteArrayOutputStream fields) throws GeneralSecurityException {
    boolean old = way.version() == 1;
    byte[] pem = pem("PUBLIC KEY", key.getPublic().getEncoded());
    if (vouching.chain().isEmpty() || vouching.report().length > 0) {
      field(fields, 2, join(old ? new byte[] {1, 1} : new byte[] {2}, pem));
    }
    ByteArrayOutputStream product = new ByteArrayOutputStream();
    product.write(2);
    for (String text : List.of("7EB.1", "12.6", SERIAL_NUMBER, "Axis Communications AB", "")) {
      product.write(text.length());
      product.writeBytes(text.getBytes(US_ASCII));
    }
    field(fields, 3, product.toByteArray());
    if (!old) {
      field(fields, 7, join(new byte[] {1, (byte) SHA256.length}, SHA256));
    } else {
      field(fields, 6, new byte[] {1, 0, 0, 0, 0}); // what an application adds
    }
    if (!vouching.chain().isEmpty()) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      value.write(1);
      value.write(vouching.report().length);
      value.writeBytes(vouching.report());
      for (X509Certificate one : vouching.chain()) {
        value.writeBytes(pem("CERTIFICATE", one.getEncoded()));
      }
      field(fields, 129, value.toByteArray());
    }
  }

  private byte[] chained() throws GeneralSecurityException {
    byte[] chained = digest(new byte[] {1});
    for (byte[] hash : hashes) {
      chained = digest(join(chained, hash));
    }
    return chained;
  }

  /** Returns the report of a secure element about a key. */
  static byte[] report(PrivateKey element, String chip, PublicKey about)
      throws GeneralSecurityException {
    byte[] spki = about.getEncoded();
    byte[] time = HexFormat.of().parseHex("0000000000000034fac20000");
    String command = "8022000000002141047b0002014504f00000124601214710";
    String freshness = "92bbedfb9882ac16c7f01ae459059604";
    byte[] data =
        join(
            digest(HexFormat.of().parseHex(command + freshness)),
            HexFormat.of().parseHex("41820041"),
            java.util.Arrays.copyOfRange(spki, spki.length - 65, spki.length),
            HexFormat.of().parseHex("42820012" + chip),
            HexFormat.of()
                .parseHex(
                    "438200257b000201290100007b0000030000087b0000031f3c00000800000000002000"
                        + "000200000000"
                        + "44820002"
                        + "0020"
                        + "4f82000c"),
            time);
    byte[] made = sign(element, data);
    return join(
        HexFormat.of().parseHex("ff0100017b00020101"),
        time,
        new byte[] {(byte) (made.length >> 8), (byte) made.length},
        made);
  }

  private static byte[] sign(PrivateKey by, byte[] bytes) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            by.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(by);
    signature.update(bytes);
    return signature.sign();
  }

  private byte[] head(int size) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(way.h265() ? new byte[] {0x4e, 1, 5} : new byte[] {6, 5});
    int left = size;
    while (left >= 255) {
      head.write(255);
      left -= 255;
    }
    head.write(left);
    return head.toByteArray();
  }

  private static byte[] pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n")
        .getBytes(US_ASCII);
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    if (tag != 1 && tag != 7) {
      out.write(value.length >> 8);
    }
    out.write(value.length);
    out.writeBytes(value);
  }

  private static byte[] escaped(byte[] nal) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte one : nal) {
      if (zeros >= 2 && one >= 0 && one <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(one);
      zeros = one == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }

  private static byte[] digest(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }
}
