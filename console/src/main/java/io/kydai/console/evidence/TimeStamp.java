package io.kydai.console.evidence;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time-stamp (RFC 3161) whose signature is right by the certificate in it.
 *
 * @param sha256 the digest of what is stamped, in hexadecimal digits
 * @param at the time that the authority states
 * @param signer the certificate of who signed it, which must be meant for time-stamping
 * @param others further certificates of the token, which may lead to a root
 */
record TimeStamp(String sha256, Instant at, X509Certificate signer, List<X509Certificate> others) {

  TimeStamp {
    others = List.copyOf(others);
  }

  /**
   * Reads an authority's answer.
   *
   * @param answer a TimeStampResp in DER
   * @throws IOException when it is no granted stamp of a SHA-256 digest, or its signature is wrong
   */
  static TimeStamp read(byte[] answer) throws IOException {
    try {
      TimeStampToken token = response(answer).getTimeStampToken();
      if (token == null) {
        throw new IOException("the authority refused it");
      }
      if (!token
          .getTimeStampInfo()
          .getMessageImprintAlgOID()
          .equals(NISTObjectIdentifiers.id_sha256)) {
        throw new IOException("it is of another digest than SHA-256");
      }
      JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
      List<X509Certificate> all = new ArrayList<>();
      X509CertificateHolder signer = null;
      for (X509CertificateHolder one : token.getCertificates().getMatches(null)) {
        all.add(converter.getCertificate(one));
        if (token.getSID().match(one)) {
          signer = one;
        }
      }
      if (signer == null) {
        throw new IOException("its signer's certificate is not in it");
      }
      // Checks the certificate's purpose and validity at that time as well.
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      return new TimeStamp(
          HexFormat.of().formatHex(token.getTimeStampInfo().getMessageImprintDigest()),
          token.getTimeStampInfo().getGenTime().toInstant(),
          converter.getCertificate(signer),
          all);
    } catch (TSPException | OperatorCreationException | GeneralSecurityException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      // Bouncy Castle reads some structures only when they are asked for, and throws then whatever
      // its parsers throw: of dates, of tags, of ends that come too early.
      throw new IOException("it is not well-formed", e);
    }
  }

  /** Reads the structure of an answer, as which everything may come. */
  static TimeStampResponse response(byte[] answer) throws IOException, TSPException {
    try {
      return new TimeStampResponse(answer);
    } catch (RuntimeException e) {
      // As in read().
      throw new IOException("it is not well-formed", e);
    }
  }

  /**
   * Checks that a certificate of a set issued the signer's, directly or through others in the
   * stamp, as of the time that it states. Revocation is not looked up.
   *
   * @throws GeneralSecurityException when none did
   */
  void checkIssuedBy(Set<X509Certificate> roots) throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(
            roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()),
            target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
    CertPathBuilder.getInstance("PKIX").build(parameters);
  }
}
