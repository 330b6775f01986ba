package io.kydai.streaming.live.whep.ice;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The one check that this agent makes itself (RFC 8489; RFC 7675, section 5): whether the browser
 * is where its datagrams say that they come from, before pictures are sent there. Anybody who has
 * seen a browser's check can send it again with another's address, but only the browser can answer
 * this.
 */
public final class PathCheck {
  private static final int HEADER = 20;
  private static final int TRANSACTION_BYTES = 12;
  private static final int PRIORITY = 0x0024;
  private static final int CONTROLLED = 0x8029;

  /**
   * RFC 8445, section 5.1.2: of a peer-reflexive candidate, which stands behind host candidates.
   */
  private static final int PEER_REFLEXIVE = 110 << 24 | 0xffff << 8 | 0xff;

  private final byte[] transaction = new byte[TRANSACTION_BYTES];
  private final long tieBreaker;
  private final IceCredentials local;
  private final IceCredentials remote;

  public PathCheck(IceCredentials local, IceCredentials remote, SecureRandom random) {
    this.local = requireNonNull(local);
    this.remote = requireNonNull(remote);
    random.nextBytes(transaction);
    tieBreaker = random.nextLong();
  }

  /** Returns the request. */
  public byte[] request() {
    byte[] user = (remote.name() + ":" + local.name()).getBytes(StandardCharsets.UTF_8);
    int padded = (user.length + 3) & ~3;
    int size = HEADER + 4 + padded + 8 + 12 + StunAuthentication.BYTES;
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putShort((short) StunAuthentication.REQUEST).putShort((short) 0);
    out.putInt(StunAuthentication.COOKIE).put(transaction);
    out.putShort((short) StunAuthentication.USERNAME).putShort((short) user.length).put(user);
    out.position(HEADER + 4 + padded);
    out.putShort((short) PRIORITY).putShort((short) 4).putInt(PEER_REFLEXIVE);
    out.putShort((short) CONTROLLED).putShort((short) 8).putLong(tieBreaker);
    StunAuthentication.sign(out, remote.password());
    return out.array();
  }

  /** Whether a datagram is a success response of anybody's, to something. */
  public static boolean isResponse(byte[] datagram) {
    return datagram.length >= HEADER
        && ByteBuffer.wrap(datagram).getShort() == StunAuthentication.SUCCESS
        && ByteBuffer.wrap(datagram).getInt(4) == StunAuthentication.COOKIE;
  }

  /** Whether a datagram is the browser's answer to this. */
  public boolean isAnsweredBy(byte[] datagram) {
    return isResponse(datagram)
        && datagram.length <= BindingRequest.MAX_BYTES
        && MessageDigest.isEqual(transaction, Arrays.copyOfRange(datagram, 8, HEADER))
        && StunAuthentication.isSigned(datagram, remote.password());
  }
}
