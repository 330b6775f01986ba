package io.kydai.streaming.signedvideo;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By whom a video is signed: by the key of the camera's maker, or by one that the operator of the
 * camera gave it, whose certificates stand beside the maker's (Media Signing Specification,
 * sections 5.6.7 and 5.9). The first chain of either kind is that of the file. For one thread.
 */
final class OnvifSigners implements Signers {
  private final Collection<X509Certificate> roots;
  private @Nullable SignerCertificates maker;
  private @Nullable SignerCertificates users;
  private List<String> vendor = List.of();
  private boolean changed;

  OnvifSigners(Collection<X509Certificate> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public void learn(SigningDocument any) {
    if (!(any instanceof OnvifDocument document) || document.signature() == null) {
      return;
    }
    if (!document.vendor().isEmpty()) {
      vendor = document.vendor();
    }
    for (OnvifDocument.Chain chain : document.chains()) {
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

  @Override
  public boolean isEmpty() {
    return maker == null && users == null;
  }

  @Override
  public boolean changed() {
    return changed;
  }

  @Override
  public boolean signed(SigningDocument document, byte[] signature, SigningHash hash) {
    SignerCertificates by = document.certificateOnly() && maker != null ? maker : signer();
    return by != null && by.signed(document.signedBytes(), signature, hash);
  }

  @Override
  public GroupSeal seal(SigningHash hash) {
    return (document, hashes) -> {
      SigningDocument.Group group = document.group();
      return group != null && Arrays.equals(hash.of(hashes), group.hash());
    };
  }

  private @Nullable SignerCertificates signer() {
    return users != null ? users : maker;
  }

  @Override
  public boolean trusted(Instant at) {
    return !isEmpty()
        && (maker == null || maker.trusted(roots, at))
        && (users == null || users.trusted(roots, at));
  }

  @Override
  public String name() {
    SignerCertificates by = signer();
    List<String> told = vendor.stream().filter(text -> !text.isBlank()).toList();
    String subject = by == null ? "" : by.subject();
    return told.isEmpty() ? subject : subject + " (" + String.join(", ", told) + ")";
  }
}
