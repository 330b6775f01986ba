package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * An authenticator in software together with a browser that asks nothing back: one ES256 key,
 * {@code none} attestation, WebAuthn Level 3, sections 6.1 and 6.5. What it signs can be made wrong
 * on purpose.
 */
public final class SoftwareAuthenticator {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int USER_PRESENT = 0x01;
  private static final int CREDENTIAL_INCLUDED = 0x40;

  private final KeyPair key;
  private final byte[] credentialId = "a software credential".getBytes(UTF_8);
  private final String rpId;
  private final String origin;
  private int count;

  /**
   * @param origin of the page that asks
   */
  public SoftwareAuthenticator(String rpId, String origin) {
    this(keyPair(), rpId, origin, 0);
  }

  private SoftwareAuthenticator(KeyPair key, String rpId, String origin, int count) {
    this.key = key;
    this.rpId = rpId;
    this.origin = origin;
    this.count = count;
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the same authenticator with the same key, asked by another page. */
  public SoftwareAuthenticator on(String otherRpId, String otherOrigin) {
    return new SoftwareAuthenticator(key, otherRpId, otherOrigin, count);
  }

  /** Returns the same authenticator with another count of signatures. */
  public SoftwareAuthenticator counting(int from) {
    return new SoftwareAuthenticator(key, rpId, origin, from);
  }

  /** Returns a RegistrationResponseJSON. */
  public String register(String challenge) throws GeneralSecurityException {
    byte[] data = authenticatorData(USER_PRESENT | CREDENTIAL_INCLUDED, attestedCredential());
    byte[] attestation =
        joined(
            new byte[] {(byte) 0xa3},
            text("fmt"),
            text("none"),
            text("attStmt"),
            new byte[] {(byte) 0xa0},
            text("authData"),
            bytes(data));
    return """
        {"id": "%1$s", "rawId": "%1$s", "type": "public-key", "clientExtensionResults": {},
         "response": {"clientDataJSON": "%2$s", "attestationObject": "%3$s",
                      "transports": ["internal"]}}
        """
        .formatted(
            BASE64.encodeToString(credentialId),
            BASE64.encodeToString(clientData("webauthn.create", challenge)),
            BASE64.encodeToString(attestation));
  }

  /** Returns an AuthenticationResponseJSON. */
  public String sign(String challenge) throws GeneralSecurityException {
    count++;
    byte[] data = authenticatorData(USER_PRESENT, new byte[0]);
    byte[] client = clientData("webauthn.get", challenge);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return """
        {"id": "%1$s", "rawId": "%1$s", "type": "public-key", "clientExtensionResults": {},
         "response": {"clientDataJSON": "%2$s", "authenticatorData": "%3$s", "signature": "%4$s"}}
        """
        .formatted(
            BASE64.encodeToString(credentialId),
            BASE64.encodeToString(client),
            BASE64.encodeToString(data),
            BASE64.encodeToString(signature.sign()));
  }

  private byte[] clientData(String type, String challenge) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, challenge, origin)
        .getBytes(UTF_8);
  }

  private byte[] authenticatorData(int flags, byte[] credential) throws GeneralSecurityException {
    return joined(
        sha256(rpId.getBytes(UTF_8)),
        new byte[] {(byte) flags},
        ByteBuffer.allocate(4).putInt(count).array(),
        credential);
  }

  private byte[] attestedCredential() {
    ECPublicKey pub = (ECPublicKey) key.getPublic();
    byte[] cose =
        joined(
            new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21},
            bytes(coordinate(pub.getW().getAffineX())),
            new byte[] {0x22},
            bytes(coordinate(pub.getW().getAffineY())));
    return joined(
        new byte[16],
        ByteBuffer.allocate(2).putShort((short) credentialId.length).array(),
        credentialId,
        cose);
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] raw = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, raw.length);
    System.arraycopy(raw, raw.length - length, fixed, 32 - length, length);
    return fixed;
  }

  /** CBOR's text of up to 23 bytes. */
  private static byte[] text(String value) {
    return joined(new byte[] {(byte) (0x60 + value.length())}, value.getBytes(UTF_8));
  }

  /** CBOR's bytes with a length of one byte. */
  private static byte[] bytes(byte[] value) {
    return joined(new byte[] {0x58, (byte) value.length}, value);
  }

  private static byte[] sha256(byte[] value) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(value);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
