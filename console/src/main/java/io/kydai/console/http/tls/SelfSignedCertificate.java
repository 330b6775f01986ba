package io.kydai.console.http.tls;

import io.kydai.console.config.ServerTls;
import io.kydai.streaming.evidence.PrivateFiles;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a certificate that is signed by its own key (RFC 5280): an ECDSA key on P-256, valid for
 * ten years. Whoever connects compares its fingerprint once.
 */
public final class SelfSignedCertificate {
  private static final Duration VALIDITY = Duration.ofDays(3652);

  /** The time before its making from which it is valid, for clients whose clock is slow. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127;

  private SelfSignedCertificate() {}

  /**
   * Returns the files of the certificate in a folder; makes it where there is none, or where its
   * time is over. Both files are private to the node's user.
   *
   * @param folder created where it is missing
   * @param names the host names and IP addresses of the server
   * @throws InvalidCertificateException when it cannot be made
   */
  public static ServerTls.Files in(Path folder, Collection<String> names, Clock clock) {
    ServerTls.Files files =
        new ServerTls.Files(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    try {
      if (!Files.exists(files.certificate())
          || !Files.exists(files.key())
          || isOver(files, clock)) {
        PrivateFiles.createDirectories(folder);
        make(files, names, clock.instant());
      }
      return files;
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new InvalidCertificateException(
          "a self-signed certificate cannot be made in " + folder + ": " + e, e);
    }
  }

  private static boolean isOver(ServerTls.Files files, Clock clock) {
    ServerCertificate known = new CertificateFiles(files).first();
    return known.leaf().getNotAfter().toInstant().isBefore(clock.instant());
  }

  private static void make(ServerTls.Files files, Collection<String> names, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    X509CertificateHolder certificate =
        builder(pair, names, now, new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    // The key first: a certificate without its key is made anew, whatever ended the process.
    write(files.key(), new JcaPKCS8Generator(pair.getPrivate(), null));
    write(files.certificate(), certificate);
  }

  private static JcaX509v3CertificateBuilder builder(
      KeyPair pair, Collection<String> names, Instant now, BigInteger serial)
      throws CertIOException {
    X500Name name = new X500Name("CN=Kydai");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial,
            Date.from(now.minus(EARLIER)),
            Date.from(now.plus(VALIDITY)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            names.stream()
                .distinct()
                .map(SelfSignedCertificate::alternative)
                .toArray(GeneralName[]::new)));
    return builder;
  }

  private static GeneralName alternative(String name) {
    boolean address = NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static void write(Path file, Object content) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    }
    PrivateFiles.write(
        file,
        file.resolveSibling(file.getFileName() + ".new"),
        text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
