package io.kydai.streaming.live.whep.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A certificate that is signed by its own key, ECDSA on P-256, which is made when a node starts and
 * is on no disk (RFC 8827, section 6.5). Browsers know it by the fingerprint in the answer, which
 * came over HTTP. Safe for many threads.
 */
public final class NodeCertificate {
  private static final Duration VALIDITY = Duration.ofDays(3652);

  /** The time before its making from which it is valid, for browsers whose clock is slow. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127;

  private final BcTlsCrypto crypto;
  private final Certificate certificate;
  private final AsymmetricKeyParameter key;
  private final Fingerprint fingerprint;

  private NodeCertificate(BcTlsCrypto crypto, KeyPair pair, byte[] encoded) throws IOException {
    this.crypto = crypto;
    certificate = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, encoded)});
    key = PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
    fingerprint = Fingerprint.of(Fingerprint.Kind.SHA_256, encoded);
  }

  /** Makes one. */
  public static NodeCertificate make(SecureRandom random, Clock clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=Kydai");
      Instant now = clock.instant();
      X509CertificateHolder made =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                  Date.from(now.minus(EARLIER)),
                  Date.from(now.plus(VALIDITY)),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return new NodeCertificate(new BcTlsCrypto(random), pair, made.getEncoded());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  TlsCredentialedSigner signer(TlsCryptoParameters parameters) {
    return new BcDefaultTlsCredentialedSigner(
        parameters,
        crypto,
        key,
        certificate,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
