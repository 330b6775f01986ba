package io.kydai.streaming.live.whep;

import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.sdp.OfferTest;
import io.kydai.streaming.live.whep.srtp.MasterKeys;
import io.kydai.streaming.live.whep.srtp.ProtectionProfile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Date;
import java.util.Deque;
import java.util.Hashtable;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The other end of a session, without a decoder: checks, DTLS as a client, and datagrams. */
final class TestBrowser implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  final DatagramChannel channel =
      DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  final DatagramSocket socket = channel.socket();
  private final ProtectionProfile profile;
  private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
  private final KeyPair pair;
  private final byte[] certificate;
  private final Deque<byte[]> media = new ArrayDeque<>();
  private InetSocketAddress server = new InetSocketAddress(0);
  private String user = "";
  private String password = "";
  MasterKeys keys;

  TestBrowser() throws Exception {
    this(ProtectionProfile.AES128_CM_HMAC_SHA1_80);
  }

  /**
   * @param profile that it protects packets with
   */
  TestBrowser(ProtectionProfile profile) throws Exception {
    this.profile = profile;
    socket.setSoTimeout(PATIENCE_MILLIS);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=browser");
    certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                new Date(0),
                new Date(4_000_000_000_000L),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
  }

  /** Its offer: that of Chromium, with its own fingerprint. */
  String offer() {
    return OfferTest.CHROMIUM.replaceAll(
        "a=fingerprint:.*",
        "a=fingerprint:" + Fingerprint.of(Fingerprint.Kind.SHA_256, certificate));
  }

  private static String line(String sdp, String name) {
    return sdp.replaceAll("(?s).*?a=" + name + ":([^\r\n]*).*", "$1");
  }

  /** Takes the names that it is to check. */
  void answer(String sdp, int port) {
    user = line(sdp, "ice-ufrag") + ":EsAw";
    password = line(sdp, "ice-pwd");
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  void send(byte[] datagram) throws IOException {
    channel.send(ByteBuffer.wrap(datagram), server);
  }

  /** The next datagram; empty where none has come in time. */
  byte[] receive(int millis) throws IOException {
    socket.setSoTimeout(millis);
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    } catch (SocketTimeoutException e) {
      return new byte[0];
    }
  }

  /** A check as RFC 8445 has it, that nominates. */
  static byte[] check(String user, String password) throws Exception {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    int padded = (name.length + 3) & ~3;
    ByteBuffer out = ByteBuffer.allocate(20 + 4 + padded + 4 + 24 + 8);
    out.putShort((short) 1).putShort((short) (out.capacity() - 28)).putInt(0x2112a442);
    out.put("twelve bytes".getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 6).putShort((short) name.length).put(name);
    out.position(20 + 4 + padded);
    out.putShort((short) 0x25).putShort((short) 0);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] integrity = mac.doFinal(Arrays.copyOf(out.array(), out.position()));
    out.putShort((short) 8).putShort((short) 20).put(integrity);
    out.putShort(2, (short) (out.capacity() - 20));
    CRC32 sum = new CRC32();
    sum.update(out.array(), 0, out.position());
    out.putShort((short) 0x8028).putShort((short) 4).putInt((int) sum.getValue() ^ 0x5354554e);
    return out.array();
  }

  byte[] check() throws Exception {
    return check(user, password);
  }

  String password() {
    return password;
  }

  /** Connects: a check, its answer, the handshake. */
  DTLSTransport connect() throws Exception {
    send(check());
    byte[] answered = receive(PATIENCE_MILLIS);
    if (answered.length < 20 || answered[0] != 1) {
      throw new IOException("the check was not answered");
    }
    return new DTLSClientProtocol().connect(new Client(), new Transport());
  }

  /** The next packet of RTP or RTCP; empty where none has come in time. */
  byte[] media(int millis) throws IOException {
    if (!media.isEmpty()) {
      return media.remove();
    }
    byte[] next = receive(millis);
    while (next.length > 0 && (next[0] & 0xc0) != 0x80) {
      next = receive(millis);
    }
    return next;
  }

  private final class Transport implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return 2_048;
    }

    @Override
    public int getSendLimit() {
      return 1_200;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int millis) throws IOException {
      byte[] datagram = TestBrowser.this.receive(Math.max(1, millis));
      if (datagram.length == 0) {
        return -1;
      }
      if ((datagram[0] & 0xc0) == 0x80) {
        media.add(datagram);
        return -1;
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
      TestBrowser.this.send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      // The socket is the test's.
    }
  }

  private final class Client extends DefaultTlsClient {
    Client() {
      super(crypto);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions =
          TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(new int[] {profile.number()}, TlsUtils.EMPTY_BYTES));
      return extensions;
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate server) {
          // Its fingerprint is what Chromium compares, in the tests of pages.
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
          return new BcDefaultTlsCredentialedSigner(
              new TlsCryptoParameters(context),
              crypto,
              PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()),
              new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, certificate)}),
              SignatureAndHashAlgorithm.getInstance(
                  HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }
      };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      MasterKeys server =
          MasterKeys.ofServer(
              profile,
              context.exportKeyingMaterial(
                  ExporterLabel.dtls_srtp, null, MasterKeys.exported(profile)));
      // The other way round, on this side.
      keys =
          new MasterKeys(
              profile,
              server.receiveKey(),
              server.receiveSalt(),
              server.sendKey(),
              server.sendSalt());
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
