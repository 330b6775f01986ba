package io.kydai.streaming.signedvideo;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By whom a video is signed: by the key of the camera's maker, or by one that the operator of the
 * camera gave it, whose certificates stand beside the maker's (Media Signing Specification,
 * sections 5.6.7 and 5.9). The first chain of either kind is that of the file. For one thread.
 */
final class Signers {
  private final Collection<X509Certificate> roots;
  private @Nullable SignerCertificates maker;
  private @Nullable SignerCertificates users;
  private List<String> vendor = List.of();
  private boolean changed;

  Signers(Collection<X509Certificate> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Takes the certificates of a signed document. */
  void learn(SigningDocument document) {
    if (document.signature() == null) {
      return;
    }
    if (!document.vendor().isEmpty()) {
      vendor = document.vendor();
    }
    for (SigningDocument.Chain chain : document.chains()) {
      SignerCertificates found;
      try {
        found = SignerCertificates.of(chain.pem());
      } catch (CertificateException e) {
        changed |= !isEmpty();
        continue;
      }
      SignerCertificates known = chain.users() ? users : maker;
      if (known == null && chain.users()) {
        users = found;
      } else if (known == null) {
        maker = found;
      } else {
        changed |= !known.equals(found);
      }
    }
  }

  /** Whether there is no certificate. */
  boolean isEmpty() {
    return maker == null && users == null;
  }

  /** Whether a later document has other certificates than an earlier one. */
  boolean changed() {
    return changed;
  }

  /** Whether a document's signature is right. */
  boolean signed(SigningDocument document, byte[] signature, SigningHash hash) {
    SignerCertificates by = document.certificateOnly() && maker != null ? maker : signer();
    return by != null && by.signed(document.signedBytes(), signature, hash);
  }

  private @Nullable SignerCertificates signer() {
    return users != null ? users : maker;
  }

  /** Whether trusted roots vouch for every chain at a time. */
  boolean trusted(Instant at) {
    return !isEmpty()
        && (maker == null || maker.trusted(roots, at))
        && (users == null || users.trusted(roots, at));
  }

  /** Returns the subject of the signer's certificate, and what the camera says of itself. */
  String name() {
    SignerCertificates by = signer();
    List<String> told = vendor.stream().filter(text -> !text.isBlank()).toList();
    String subject = by == null ? "" : by.subject();
    return told.isEmpty() ? subject : subject + " (" + String.join(", ", told) + ")";
  }
}
