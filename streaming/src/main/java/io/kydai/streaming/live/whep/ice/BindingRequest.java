package io.kydai.streaming.live.whep.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A check of connectivity: a STUN binding request with the attributes of ICE (RFC 8489; RFC 8445,
 * section 16.1). Of other messages nothing is read.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>a message</td><td>{@value #MAX_BYTES} bytes</td><td rowspan=4>it is no check</td></tr>
 *   <tr><td>attributes</td><td>{@value #MAX_ATTRIBUTES}</td></tr>
 *   <tr><td>the user name</td><td>513 bytes, as RFC 8489 has it</td></tr>
 *   <tr><td>a message without integrity, user name or, where it has one, a right fingerprint</td>
 *       <td></td></tr>
 * </table>
 */
public final class BindingRequest {
  static final int MAX_BYTES = 1_280;
  static final int MAX_ATTRIBUTES = 32;

  private static final int HEADER = 20;
  private static final int COOKIE = 0x2112_a442;
  private static final int REQUEST = 0x0001;
  private static final int SUCCESS = 0x0101;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int FINGERPRINT = 0x8028;
  private static final int MAX_USERNAME = 513;
  private static final int HMAC_BYTES = 20;
  private static final int FINGERPRINT_XOR = 0x5354_554e;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  private final byte[] message;
  private final int integrityAt;
  private final String toName;
  private final String fromName;
  private final boolean nominates;

  private BindingRequest(
      byte[] message, int integrityAt, String toName, String fromName, boolean nominates) {
    this.message = message;
    this.integrityAt = integrityAt;
    this.toName = toName;
    this.fromName = fromName;
    this.nominates = nominates;
  }

  /** What has been read of a message. */
  private static final class Read {
    int integrityAt = -1;
    String username = "";
    boolean nominates;
    boolean wrong;
  }

  /**
   * Reads a datagram; empty where it is no check.
   *
   * @param datagram is not kept
   */
  public static Optional<BindingRequest> parse(byte[] datagram) {
    if (datagram.length < HEADER || datagram.length > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    if (in.getShort() != REQUEST
        || (in.getShort() & 0xffff) != datagram.length - HEADER
        || in.getInt() != COOKIE) {
      return Optional.empty();
    }
    Read read = new Read();
    in.position(HEADER);
    for (int i = 0; in.hasRemaining() && !read.wrong; i++) {
      attribute(in, datagram, read, i);
    }
    int colon = read.username.indexOf(':');
    if (read.wrong || read.integrityAt < 0 || colon < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new BindingRequest(
            datagram.clone(),
            read.integrityAt,
            read.username.substring(0, colon),
            read.username.substring(colon + 1),
            read.nominates));
  }

  private static void attribute(ByteBuffer in, byte[] datagram, Read read, int count) {
    int at = in.position();
    if (count >= MAX_ATTRIBUTES || in.remaining() < 4) {
      read.wrong = true;
      return;
    }
    int type = in.getShort() & 0xffff;
    int length = in.getShort() & 0xffff;
    int padded = (length + 3) & ~3;
    if (padded > in.remaining()) {
      read.wrong = true;
      return;
    }
    boolean integral = read.integrityAt >= 0;
    if (type == FINGERPRINT) {
      read.wrong = length != 4 || !isFingerprint(datagram, at, in.getInt(in.position()));
    } else if (!integral && type == USERNAME) {
      read.wrong = length > MAX_USERNAME;
      read.username = new String(datagram, in.position(), length, StandardCharsets.UTF_8);
    } else if (!integral && type == MESSAGE_INTEGRITY) {
      read.wrong = length != HMAC_BYTES;
      read.integrityAt = at;
    } else if (!integral && type == USE_CANDIDATE) {
      read.nominates = true;
    }
    in.position(in.position() + padded);
  }

  private static boolean isFingerprint(byte[] datagram, int at, int value) {
    return fingerprint(datagram, at) == value && at + 8 == datagram.length;
  }

  private static int fingerprint(byte[] message, int length) {
    CRC32 sum = new CRC32();
    sum.update(message, 0, length);
    return (int) sum.getValue() ^ FINGERPRINT_XOR;
  }

  /** The name of the agent that is asked, {@code ice-ufrag} of its description. */
  public String toName() {
    return toName;
  }

  /** The name of the agent that asks. */
  public String fromName() {
    return fromName;
  }

  /** Whether it nominates the pair of addresses that it came by ({@code USE-CANDIDATE}). */
  public boolean nominates() {
    return nominates;
  }

  /** Whether it was made by somebody who knows the asked agent's password. */
  public boolean isAuthentic(String password) {
    byte[] covered = Arrays.copyOf(message, integrityAt);
    // The length counts up to the integrity and no further (RFC 8489, section 14.5).
    ByteBuffer.wrap(covered).putShort(2, (short) (integrityAt - HEADER + 4 + HMAC_BYTES));
    byte[] given = Arrays.copyOfRange(message, integrityAt + 4, integrityAt + 4 + HMAC_BYTES);
    return MessageDigest.isEqual(hmac(password, covered), given);
  }

  private static byte[] hmac(String password, byte[] covered) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /**
   * Makes the answer: from where the request came, with integrity and fingerprint.
   *
   * @param from as the socket has it; its address is resolved
   * @param password of the agent that answers
   */
  public byte[] success(InetSocketAddress from, String password) {
    InetAddress peer = from.getAddress();
    byte[] address = peer.getAddress();
    int size = HEADER + 8 + address.length + 4 + HMAC_BYTES + 8;
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putShort((short) SUCCESS);
    out.putShort((short) (size - HEADER - 8));
    out.put(message, 4, HEADER - 4);
    out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
    out.put((byte) 0).put((byte) (address.length == 4 ? IPV4 : IPV6));
    out.putShort((short) (from.getPort() ^ COOKIE >>> 16));
    for (int i = 0; i < address.length; i++) {
      // XORed with the cookie and the transaction's id, which stand behind it.
      out.put((byte) (address[i] ^ message[4 + i]));
    }
    int integrity = out.position();
    byte[] mac = hmac(password, Arrays.copyOf(out.array(), integrity));
    out.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_BYTES).put(mac);
    out.putShort(2, (short) (size - HEADER));
    int fingerprint = fingerprint(out.array(), out.position());
    out.putShort((short) FINGERPRINT).putShort((short) 4).putInt(fingerprint);
    return out.array();
  }
}
