package io.kydai.streaming.signedvideo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A camera that signs H.264, written from ONVIF's Media Signing Specification 26.06 for these
 * tests: it is ours, and shares no code with what it tests.
 */
final class MediaSigner {
  private static final byte[] UUID = HexFormat.of().parseHex("005bc93f2d715e95ada4796f90877a6f");
  private static final byte[] SHA256 = HexFormat.of().parseHex("0609608648016503040201");

  /** How it signs. */
  record Way(int groupsPerSignature, int partAt, boolean list, boolean escaped, boolean apart) {}

  private final Way way;
  private final KeyPair key;
  private final List<X509Certificate> chain;
  private final List<byte[]> hashes = new ArrayList<>();
  private byte[] anchor = {};
  private byte[] first = new byte[32];
  private byte[] linked = new byte[32];
  private byte[] lastPlain = {};
  private int counter;
  private int groups;

  MediaSigner(Way way, KeyPair key, List<X509Certificate> chain) {
    this.way = way;
    this.key = key;
    this.chain = chain;
  }

  /** Returns the NAL units of a picture with the documents that belong before it. */
  List<byte[]> picture(boolean key, byte[]... slices) throws GeneralSecurityException {
    List<byte[]> nals = new ArrayList<>();
    if (way.apart() && counter == 0 && hashes.isEmpty()) {
      nals.add(document(true, false, true));
    }
    boolean part = !key && way.partAt() > 0 && hashes.size() >= way.partAt();
    if (!hashes.isEmpty() && (key || part)) {
      groups += key ? 1 : 0;
      boolean signed = part || groups % way.groupsPerSignature() == 0;
      counter++;
      byte[] document = document(false, part, signed);
      nals.add(document);
      linked = first;
      hashes.clear();
      first = new byte[0];
      if (!signed) {
        hashes.add(digest(way.escaped() ? document : lastPlain));
      }
    }
    for (byte[] slice : slices) {
      byte[] hash = digest(slice);
      if (key && slice == slices[0]) {
        anchor = hash;
      } else {
        hash = digest(join(anchor, hash));
      }
      if (first.length == 0 || counter == 0 && hashes.isEmpty()) {
        first = hash;
      }
      hashes.add(hash);
      nals.add(slice);
    }
    return nals;
  }

  private byte[] document(boolean certificates, boolean part, boolean signed)
      throws GeneralSecurityException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    if (certificates || !way.apart()) {
      field(fields, 4, join(new byte[] {1, (byte) SHA256.length}, SHA256, new byte[] {0, 0, 0}));
      field(fields, 5, join(new byte[] {1, 2, 'f', '1', 0, 5}, "maker".getBytes(US_ASCII)));
      field(fields, 6, join(new byte[] {1, 0}, pem()));
    }
    if (!certificates) {
      long time = (11_644_473_600L + 1_790_000_000L + counter) * 10_000_000;
      byte[] start = ByteBuffer.allocate(8).putLong(time).array();
      byte[] end = ByteBuffer.allocate(8).putLong(time + 10_000_000).array();
      byte[] numbers =
          ByteBuffer.allocate(6).putInt(counter).putShort((short) hashes.size()).array();
      byte[] list = join(hashes.toArray(new byte[0][]));
      byte[] version = {2, 26, 6, 0, (byte) (part ? 1 : 0)};
      field(fields, 1, join(version, start, end, numbers, digest(list), linked));
      if (way.list()) {
        field(fields, 2, join(new byte[] {1}, list));
      }
    }
    byte flags = (byte) ((certificates ? 0x80 : 0) | (way.escaped() ? 0x40 : 0));
    int reserved = signed ? 3 + 3 + 80 : 0;
    byte[] head = head(UUID.length + 1 + fields.size() + reserved);
    byte[] plain = join(head, UUID, new byte[] {flags}, fields.toByteArray());
    byte[] about = way.escaped() ? escaped(plain) : plain;
    byte[] signature = {};
    if (signed) {
      Signature by = Signature.getInstance("SHA256withECDSA");
      by.initSign(key.getPrivate());
      by.update(about);
      byte[] made = by.sign();
      ByteBuffer value = ByteBuffer.allocate(83);
      value.put((byte) 1).putShort((short) made.length).put(made);
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      field(field, 3, value.array());
      signature = field.toByteArray();
    }
    lastPlain = join(plain, signature, new byte[] {(byte) 0x80});
    return escaped(lastPlain);
  }

  private static byte[] head(int size) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(6);
    head.write(5);
    int left = size;
    while (left >= 255) {
      head.write(255);
      left -= 255;
    }
    head.write(left);
    return head.toByteArray();
  }

  private byte[] pem() throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate one : chain) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    out.write(value.length >> 8);
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
