package io.kydai.console.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A certificate with its private key and the certificates between it and its authority.
 *
 * @param chain the certificate first, then those of the authorities between
 * @param key the private key of the first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final String ALIAS = "console";
  private static final int MAX_CHAIN = 10;
  private static final byte[] PROBE =
      "does this key belong to it?".getBytes(StandardCharsets.UTF_8);

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Parses PEM (RFC 7468) and checks that the key is the certificate's.
   *
   * @param certificates the certificate and 0 to 9 more
   * @param key a key of RSA or of an elliptic curve in PKCS #8, PKCS #1 or SEC 1, not encrypted
   * @param certificateName the certificates' file, for messages
   * @param keyName the key's file, for messages
   * @throws InvalidCertificateException when either cannot be used
   */
  public static ServerCertificate of(
      byte[] certificates, byte[] key, String certificateName, String keyName) {
    List<X509Certificate> chain = chain(certificates, certificateName);
    PrivateKey secret = key(key, keyName);
    ServerCertificate made = new ServerCertificate(chain, secret);
    if (!made.belongTogether()) {
      throw new InvalidCertificateException(
          "the key in "
              + keyName
              + " is not that of the first certificate in "
              + certificateName
              + "; the server's own certificate must come first");
    }
    return made;
  }

  private static List<X509Certificate> chain(byte[] pem, String name) {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty() && chain.size() <= MAX_CHAIN) {
        return chain;
      }
    } catch (CertificateException e) {
      throw new InvalidCertificateException(name + " is no certificate in PEM", e);
    }
    throw new InvalidCertificateException(
        name + ": 1 to " + MAX_CHAIN + " certificates in PEM are expected");
  }

  private static PrivateKey key(byte[] pem, String name) {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem, StandardCharsets.ISO_8859_1)))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      // The Java platform's name; BouncyCastle's own provider would also take its ECDSA.
      converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
      for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
        if (one instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
        if (one instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (one instanceof PEMEncryptedKeyPair || one instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw new InvalidCertificateException(
              name
                  + " is encrypted; write it without its passphrase by \"openssl pkey -in "
                  + name
                  + " -out plain.pem\" into a file that only Kydai's user can read");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // The message of the cause could repeat bytes of the key.
      throw new InvalidCertificateException(name + " is no private key in PEM");
    }
    throw new InvalidCertificateException(name + " contains no private key in PEM");
  }

  /** Returns whether what the key signs is verified by the certificate. */
  private boolean belongTogether() {
    try {
      PublicKey open = leaf().getPublicKey();
      if (!open.getAlgorithm().equals(key.getAlgorithm())) {
        return false;
      }
      Signature signature = Signature.getInstance(algorithm(open));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** Returns the server's own certificate. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /**
   * Returns the SHA-256 of the certificate's DER form, as browsers show it: 32 pairs of hexadecimal
   * digits with colons.
   */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what TLS takes the certificate and the key from. */
  public X509KeyManager keyManager() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, new char[0], chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      for (KeyManager one : factory.getKeyManagers()) {
        if (one instanceof X509KeyManager manager) {
          return manager;
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidCertificateException("the certificate cannot be used for TLS: " + e, e);
    }
    throw new IllegalStateException("the Java platform has no manager of X.509 keys");
  }

  /** Returns the certificate's names, without the key. */
  @Override
  public String toString() {
    return leaf().getSubjectX500Principal() + ", valid until " + leaf().getNotAfter().toInstant();
  }
}
