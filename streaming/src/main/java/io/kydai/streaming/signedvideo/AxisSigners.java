package io.kydai.streaming.signedvideo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By whose key a video of Axis Signed Video is signed. The key stands in the video, so that by
 * itself it says only that nothing changed since whoever has it signed. A camera whose key is of a
 * secure element adds an attestation and the certificates of that element; one whose key was made
 * with it, the certificates of the key. For one thread.
 */
final class AxisSigners implements Signers {
  private static final HexFormat HEX = HexFormat.of();
  private static final int NAME_DIGITS = 16;

  private final Collection<X509Certificate> roots;
  private AxisDocument.@Nullable Claim claim;
  private @Nullable PublicKey key;
  private @Nullable SignerCertificates certificates;
  private boolean changed;

  AxisSigners(Collection<X509Certificate> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public void learn(SigningDocument any) {
    if (!(any instanceof AxisDocument document) || document.signature() == null) {
      return;
    }
    AxisDocument.Claim told = document.claim();
    if (told == null) {
      return; // it is told now and then only
    }
    if (claim != null) {
      changed |= !told.equals(claim);
      return;
    }
    claim = told;
    try {
      certificates = told.chain().isEmpty() ? null : SignerCertificates.of(told.chain());
    } catch (CertificateException e) {
      certificates = null; // then nobody vouches for the key
    }
    SignerCertificates chain = certificates;
    key =
        !told.key().isEmpty()
            ? key(told.key())
            : chain == null ? null : chain.certificates().get(0).getPublicKey();
  }

  /** Returns a key of SubjectPublicKeyInfo in PEM (RFC 7468, section 13); null for none. */
  private static @Nullable PublicKey key(String pem) {
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(body(pem).getBytes(US_ASCII));
    } catch (IllegalArgumentException e) {
      return null;
    }
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        // It may be one of the other algorithm.
      }
    }
    return null;
  }

  private static String body(String pem) {
    String begin = "-----BEGIN PUBLIC KEY-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END PUBLIC KEY-----");
    return from < 0 || to < from ? "" : pem.substring(from + begin.length(), to);
  }

  @Override
  public boolean isEmpty() {
    return key == null;
  }

  @Override
  public boolean changed() {
    return changed;
  }

  @Override
  public boolean signed(SigningDocument document, byte[] signature, SigningHash hash) {
    return document instanceof AxisDocument one && one.signsHashes()
        || verifies(document.signedBytes(), signature, hash);
  }

  /**
   * Returns how a hash stands for a group. Since version 2 it is the digest of a salt and all
   * hashes. In version 1 each hash is digested with the digest of those before it, and the
   * signature is of the last with that of the document.
   */
  @Override
  public GroupSeal seal(SigningHash hash) {
    byte[] salt = {1};
    return (document, hashes) -> {
      byte[] signature = document.signature();
      if (!(document instanceof AxisDocument one) || !one.signsHashes() || signature == null) {
        List<byte[]> all = new ArrayList<>(List.of(salt));
        all.addAll(hashes);
        SigningDocument.Group group = document.group();
        return group != null && Arrays.equals(hash.of(all), group.hash());
      }
      byte[] chained = hash.of(List.of(salt));
      for (byte[] next : hashes) {
        chained = hash.of(List.of(chained, next));
      }
      byte[] own = hash.of(List.of(document.signedBytes()));
      byte[] both = Arrays.copyOf(chained, chained.length + own.length);
      System.arraycopy(own, 0, both, chained.length, own.length);
      return verifies(both, signature, hash);
    };
  }

  /** ECDSA, or RSA by PKCS #1 (RFC 8017, section 8.2). */
  private boolean verifies(byte[] bytes, byte[] signature, SigningHash hash) {
    PublicKey by = key;
    if (by == null) {
      return false;
    }
    try {
      Signature one =
          Signature.getInstance(
              hash.signatureName() + (by instanceof RSAPublicKey ? "withRSA" : "withECDSA"));
      one.initVerify(by);
      one.update(bytes);
      return one.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of another form than the key's is none of this key.
      return false;
    }
  }

  @Override
  public boolean trusted(Instant at) {
    SignerCertificates chain = certificates;
    AxisDocument.Claim told = claim;
    if (chain == null || told == null || !attested()) {
      return false;
    }
    String serialNumber =
        AxisAttestation.serialNumber(chain.certificates().get(0), !told.attestation().isEmpty());
    return serialNumber.equalsIgnoreCase(told.serialNumber()) && chain.trusted(roots, at);
  }

  /** Whether the key is that of the first certificate, or attested by it. */
  private boolean attested() {
    SignerCertificates chain = certificates;
    AxisDocument.Claim told = claim;
    PublicKey by = key;
    if (chain == null || told == null || by == null) {
      return false;
    }
    X509Certificate leaf = chain.certificates().get(0);
    return told.attestation().isEmpty()
        ? Arrays.equals(leaf.getPublicKey().getEncoded(), by.getEncoded())
        : AxisAttestation.vouches(HEX.parseHex(told.attestation()), leaf, by);
  }

  /** A certificate's subject where it is of the key, else the beginning of the key's digest. */
  @Override
  public String name() {
    SignerCertificates chain = certificates;
    AxisDocument.Claim told = claim;
    PublicKey by = key;
    if (told == null || by == null) {
      return "";
    }
    String digest = HEX.formatHex(SigningHash.SHA256.of(List.of(by.getEncoded())));
    String signer =
        chain != null && attested()
            ? chain.subject()
            : "a key that only the video tells, SHA-256 " + digest.substring(0, NAME_DIGITS);
    String product = String.join(", ", told.product().stream().filter(s -> !s.isBlank()).toList());
    return product.isEmpty() ? signer : signer + " (" + product + ")";
  }
}
