package io.kydai.streaming.signedvideo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A chain of certificates as it stands in a video, the signer's first.
 *
 * @param certificates at most {@value #MOST}, at least one
 */
record SignerCertificates(List<X509Certificate> certificates) {
  static final int MOST = 10;
  private static final String LAST_LINE = "-----END CERTIFICATE-----";

  /**
   * Reads a chain in PEM.
   *
   * @throws CertificateException when it is none
   */
  static SignerCertificates of(String pem) throws CertificateException {
    int end = pem.lastIndexOf(LAST_LINE);
    if (end < 0) {
      throw new CertificateException("there is no certificate in PEM");
    }
    byte[] text = pem.substring(0, end + LAST_LINE.length()).getBytes(US_ASCII);
    List<X509Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (found.isEmpty() || found.size() > MOST) {
      throw new CertificateException("there are " + found.size() + " certificates");
    }
    return new SignerCertificates(found);
  }

  String subject() {
    return certificates
        .get(0)
        .getSubjectX500Principal()
        .getName(X500Principal.RFC2253, Map.of("2.5.4.5", "SERIALNUMBER"));
  }

  /**
   * Returns whether a root vouches for the signer at a time. Whether a certificate was revoked is
   * not asked.
   */
  boolean trusted(Collection<X509Certificate> roots, Instant at) {
    if (roots.isEmpty()) {
      return false;
    }
    Set<TrustAnchor> anchors = new LinkedHashSet<>();
    roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      List<X509Certificate> path =
          certificates.stream().filter(one -> !roots.contains(one)).toList();
      if (path.isEmpty()) {
        return true;
      }
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Returns whether the signer signed bytes: ECDSA, or RSA by PSS with SHA-256. */
  boolean signed(byte[] bytes, byte[] signature, SigningHash hash) {
    PublicKey key = certificates.get(0).getPublicKey();
    try {
      if (key instanceof ECPublicKey) {
        return verifies(
            Signature.getInstance(hash.signatureName() + "withECDSA"), key, bytes, signature);
      }
      if (key instanceof RSAPublicKey rsa) {
        int longest = (rsa.getModulus().bitLength() + 6) / 8 - 2 - hash.bytes();
        // The length of the salt is nowhere written: the signer's library decides it.
        for (int salt : new int[] {longest, hash.bytes(), 20}) {
          Signature pss = Signature.getInstance("RSASSA-PSS");
          pss.setParameter(
              new PSSParameterSpec(
                  hash.digestName(), "MGF1", new MGF1ParameterSpec(hash.digestName()), salt, 1));
          if (verifies(pss, key, bytes, signature)) {
            return true;
          }
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      // A signature of another form than the key's is none of this key.
      return false;
    }
  }

  private static boolean verifies(Signature by, PublicKey key, byte[] bytes, byte[] signature)
      throws GeneralSecurityException {
    by.initVerify(key);
    by.update(bytes);
    return by.verify(signature);
  }
}
