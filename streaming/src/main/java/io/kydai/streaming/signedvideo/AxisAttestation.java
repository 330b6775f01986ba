package io.kydai.streaming.signedvideo;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The attestation by which a camera's secure element says that a key was made in it and does not
 * leave it: signed by a key of the element, whose certificate has the number of its chip (as the
 * reference implementation reads it, {@code sv_axis_communications.c}).
 */
final class AxisAttestation {
  private static final HexFormat HEX = HexFormat.of();

  /** A key of the curve P-256 as SubjectPublicKeyInfo (RFC 5480), up to its point. */
  private static final byte[] P256 =
      HEX.parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private static final int POINT_BYTES = 65;
  private static final String CHIP = "Axis Edge Vault Attestation ";
  private static final String CHIP_BEGINS = "04005001";
  private static final int CHIP_DIGITS = 36;

  /** The command with which a camera asks for the attestation: the same for all. */
  private static final byte[] COMMAND =
      HEX.parseHex(
          "8022000000002141047b0002014504f00000124601214710" + "92bbedfb9882ac16c7f01ae459059604");

  private static final byte[] ATTRIBUTES =
      HEX.parseHex("7b000201290100007b0000030000087b0000031f3c00000800000000002000000200000000");

  private static final String SERIAL_NUMBER_OID = "2.5.4.5";

  private AxisAttestation() {}

  /**
   * Returns whether a report says of a key that it is the camera's.
   *
   * @param report header and version of 2 bytes each, an object of 4, the number 1, a time of 12,
   *     and a signature behind its length
   * @param by the certificate of the secure element
   */
  static boolean vouches(byte[] report, X509Certificate by, PublicKey key) {
    byte[] encoded = key.getEncoded();
    String chip = chip(by);
    if (report.length < 23 || report[8] != 1 || chip == null) {
      return false;
    }
    int signatureBytes = (report[21] & 0xff) << 8 | report[22] & 0xff;
    boolean p256 =
        encoded.length == P256.length + POINT_BYTES
            && Arrays.equals(P256, Arrays.copyOf(encoded, P256.length));
    if (report.length != 23 + signatureBytes || !p256) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(by);
      signature.update(SigningHash.SHA256.of(List.of(COMMAND)));
      update(signature, "4182", Arrays.copyOfRange(encoded, P256.length, encoded.length));
      update(signature, "4282", HEX.parseHex(chip));
      update(signature, "4382", ATTRIBUTES);
      update(signature, "4482", new byte[] {0, 0x20});
      update(signature, "4f82", Arrays.copyOfRange(report, 9, 21));
      return signature.verify(report, 23, signatureBytes);
    } catch (GeneralSecurityException e) {
      // A signature of another form than the key's is none of this key.
      return false;
    }
  }

  private static void update(Signature signature, String tag, byte[] value)
      throws GeneralSecurityException {
    signature.update(HEX.parseHex(tag));
    signature.update(ByteBuffer.allocate(2).putShort((short) value.length).flip());
    signature.update(value);
  }

  private static @Nullable String chip(X509Certificate by) {
    String name = attribute(by, "CN");
    int at = name.indexOf(CHIP);
    String chip = at < 0 ? "" : name.substring(at + CHIP.length());
    boolean is =
        chip.length() == CHIP_DIGITS
            && chip.startsWith(CHIP_BEGINS)
            && chip.chars().allMatch(HexFormat::isHexDigit);
    return is ? chip : null;
  }

  /**
   * Returns the serial number of the camera to which a certificate was given; empty for none.
   *
   * @param attesting whether it is of a secure element, which has it in an attribute of its own;
   *     others have it between the first two hyphens of their name
   */
  static String serialNumber(X509Certificate certificate, boolean attesting) {
    if (attesting) {
      return attribute(certificate, "SERIALNUMBER");
    }
    String[] parts = attribute(certificate, "CN").split("-", 3);
    return parts.length < 3 ? "" : parts[1];
  }

  private static String attribute(X509Certificate certificate, String type) {
    String subject =
        certificate
            .getSubjectX500Principal()
            .getName(X500Principal.RFC2253, Map.of(SERIAL_NUMBER_OID, "SERIALNUMBER"));
    try {
      for (Rdn rdn : new LdapName(subject).getRdns()) {
        if (rdn.getType().equalsIgnoreCase(type)) {
          return String.valueOf(rdn.getValue());
        }
      }
      return "";
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
