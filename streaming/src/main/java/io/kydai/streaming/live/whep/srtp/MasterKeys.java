package io.kydai.streaming.live.whep.srtp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The keys of both directions of one session.
 *
 * @param sendKey of the server
 * @param sendSalt of the server
 * @param receiveKey of the browser
 * @param receiveSalt of the browser
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares keys.
public record MasterKeys(
    ProtectionProfile profile,
    byte[] sendKey,
    byte[] sendSalt,
    byte[] receiveKey,
    byte[] receiveSalt) {
  public MasterKeys {
    requireNonNull(profile);
    requireNonNull(sendKey);
    requireNonNull(sendSalt);
    requireNonNull(receiveKey);
    requireNonNull(receiveSalt);
  }

  /** Returns how many bytes a handshake has to export. */
  public static int exported(ProtectionProfile profile) {
    return 2 * (profile.keyBytes() + profile.saltBytes());
  }

  /**
   * Returns the keys of the side that was the handshake's server.
   *
   * @param material as RFC 5764, section 4.2, has it: client's key, server's key, client's salt,
   *     server's salt
   */
  public static MasterKeys ofServer(ProtectionProfile profile, byte[] material) {
    int key = profile.keyBytes();
    int salt = profile.saltBytes();
    int salts = 2 * key;
    return new MasterKeys(
        profile,
        Arrays.copyOfRange(material, key, salts),
        Arrays.copyOfRange(material, salts + salt, salts + 2 * salt),
        Arrays.copyOfRange(material, 0, key),
        Arrays.copyOfRange(material, salts, salts + salt));
  }

  /** Hides the keys. */
  @Override
  public String toString() {
    return "MasterKeys[" + profile + "]";
  }
}
