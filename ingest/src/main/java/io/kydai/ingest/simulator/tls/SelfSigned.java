package io.kydai.ingest.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A private key and a self-signed certificate, as cameras have: EC P-256, for one host name or
 * address, valid for one year (RFC 5280).
 */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  // DER-encoded object identifiers: ecdsa-with-SHA256, commonName, subjectAltName,
  // basicConstraints.
  private static final byte[] SIGNED_BY = hex("06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] ALTERNATIVE_NAME = hex("0603551d11");
  private static final byte[] CONSTRAINTS = hex("0603551d13");

  /** Creates a key and a certificate for a host name or IP address. */
  public static SelfSigned of(String host) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      byte[] algorithm = der(0x30, SIGNED_BY);
      byte[] name =
          der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, "camera".getBytes(US_ASCII)))));
      Instant now = Instant.now();
      byte[] body =
          der(
              0x30,
              der(0xa0, hex("020102")),
              der(0x02, new BigInteger(63, new SecureRandom()).toByteArray()),
              algorithm,
              name,
              der(0x30, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(365, ChronoUnit.DAYS))),
              name,
              pair.getPublic().getEncoded(),
              der(0xa3, der(0x30, alternativeName(host), constraints())));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(body);
      byte[] whole = der(0x30, body, algorithm, der(0x03, new byte[1], signature.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new SelfSigned(pair.getPrivate(), certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ECDSA with SHA-256", e);
    }
  }

  private static byte[] time(Instant moment) {
    return der(0x18, TIME.format(moment).getBytes(US_ASCII));
  }

  private static byte[] alternativeName(String host) {
    boolean address = host.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    byte[] name;
    try {
      name =
          address
              ? der(0x87, InetAddress.getByName(host).getAddress())
              : der(0x82, host.getBytes(US_ASCII));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + host, e);
    }
    return der(0x30, ALTERNATIVE_NAME, der(0x04, der(0x30, name)));
  }

  /**
   * Returns the constraints of a certificate authority, so that clients can trust the certificate
   * itself.
   */
  private static byte[] constraints() {
    return der(0x30, CONSTRAINTS, hex("0101ff"), der(0x04, hex("30030101ff")));
  }

  /** Encodes a value in DER (ITU-T X.690): tag, length, and contents. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] head =
        length < 128
            ? new byte[] {(byte) tag, (byte) length}
            : length < 256
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    ByteBuffer out = ByteBuffer.allocate(head.length + length).put(head);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
