package io.kydai.streaming.live.whep.dtls;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.srtp.MasterKeys;
import io.kydai.streaming.live.whep.srtp.ProtectionProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.jspecify.annotations.Nullable;

/**
 * What the server wants of one handshake: DTLS 1.2, a cipher with authentication, the certificate
 * that the offer named, and keys for SRTP.
 */
final class SrtpServer extends DefaultTlsServer {
  static final int TIMEOUT_MILLIS = 8_000;

  private static final int MOST_HANDSHAKE_BYTES = 16_384;
  private static final int MOST_CERTIFICATES = 4;

  private final NodeCertificate certificate;
  private final Fingerprint expected;
  private @Nullable ProtectionProfile profile;
  private @Nullable MasterKeys keys;

  SrtpServer(NodeCertificate certificate, Fingerprint expected) {
    super(certificate.crypto());
    this.certificate = certificate;
    this.expected = requireNonNull(expected);
  }

  /** The keys; only after the handshake. */
  MasterKeys keys() {
    return requireNonNull(keys);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return TIMEOUT_MILLIS;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return MOST_HANDSHAKE_BYTES;
  }

  @Override
  public int getMaxCertificateChainLength() {
    return MOST_CERTIFICATES;
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return certificate.signer(new TlsCryptoParameters(context));
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate client) throws IOException {
    if (client == null
        || client.isEmpty()
        || !expected.matches(client.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the certificate is not the one of the offer");
    }
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's.
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    int[] numbers = offered == null ? new int[0] : offered.getProtectionProfiles();
    profile =
        Arrays.stream(ProtectionProfile.values())
            .filter(one -> Arrays.stream(numbers).anyMatch(number -> number == one.number()))
            .findFirst()
            .orElseThrow(
                () ->
                    new TlsFatalAlert(
                        AlertDescription.handshake_failure, "no protection of SRTP in common"));
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's.
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
    int number = requireNonNull(profile).number();
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(new int[] {number}, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    ProtectionProfile agreed = requireNonNull(profile);
    byte[] material =
        context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, MasterKeys.exported(agreed));
    keys = MasterKeys.ofServer(agreed, material);
  }
}
