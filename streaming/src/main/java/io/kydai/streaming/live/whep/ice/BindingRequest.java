package io.kydai.streaming.live.whep.ice;

import static io.kydai.streaming.live.whep.ice.StunAuthentication.COOKIE;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.FINGERPRINT;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.HMAC_BYTES;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.MESSAGE_INTEGRITY;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.REQUEST;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.SUCCESS;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.USERNAME;
import static io.kydai.streaming.live.whep.ice.StunAuthentication.fingerprint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int MAX_USERNAME = 513;
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
    return StunAuthentication.isHmac(message, integrityAt, password);
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
    int size = HEADER + 8 + address.length + StunAuthentication.BYTES;
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putShort((short) SUCCESS).putShort((short) 0);
    out.put(message, 4, HEADER - 4);
    out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
    out.put((byte) 0).put((byte) (address.length == 4 ? IPV4 : IPV6));
    out.putShort((short) (from.getPort() ^ COOKIE >>> 16));
    for (int i = 0; i < address.length; i++) {
      // XORed with the cookie and the transaction's id, which stand behind it.
      out.put((byte) (address[i] ^ message[4 + i]));
    }
    StunAuthentication.sign(out, password);
    return out.array();
  }
}
