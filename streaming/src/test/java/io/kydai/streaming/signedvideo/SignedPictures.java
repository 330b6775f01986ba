package io.kydai.streaming.signedvideo;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.Mp4File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Pictures as lists of NAL units, in groups of four, and files of them. */
final class SignedPictures {
  static final Instant START = Instant.parse("2026-09-21T00:00:00Z");
  static final int GROUP = 4;

  private static final CodecParameters H264 =
      new CodecParameters(
          Codec.H264, 16, 16, List.of(new byte[] {0x67, 66, 0, 30}), List.of(new byte[] {0x68}));
  private static final CodecParameters H265 =
      CodecParameters.h265(
          1920,
          1080,
          List.of(HexFormat.of().parseHex("40010c01")),
          List.of(
              HexFormat.of()
                  .parseHex(
                      "420101016000000300900000030000030078a003c08010e596666924cae01000000300"
                          + "1000000301e080")),
          List.of(HexFormat.of().parseHex("4401c0f2c68d03b240")));

  private SignedPictures() {}

  static byte[] slice(boolean h265, boolean key, boolean first, Random random) {
    byte[] nal = new byte[h265 ? 10 : 9];
    random.nextBytes(nal);
    if (h265) {
      nal[0] = (byte) (key ? 0x26 : 0x02);
      nal[1] = 1;
    } else {
      nal[0] = (byte) (key ? 0x65 : 0x41);
    }
    nal[h265 ? 2 : 1] = (byte) (first ? 0x88 : 0x48);
    nal[nal.length - 1] = (byte) 0x80;
    return nal;
  }

  static List<AccessUnit> units(List<List<byte[]>> pictures, boolean h265) {
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      int size = pictures.get(i).stream().mapToInt(nal -> 4 + nal.length).sum();
      ByteBuffer data = ByteBuffer.allocate(size);
      pictures.get(i).forEach(nal -> data.putInt(nal.length).put(nal));
      units.add(
          new AccessUnit(
              new CameraId("gate"),
              h265 ? H265 : H264,
              i,
              i * 3_600L,
              i * 3_600L,
              START,
              WallClockSource.ARRIVAL,
              i % GROUP == 0,
              false,
              false,
              data.flip()));
    }
    return units;
  }

  /** Writes a file and checks it. */
  static SignedVideo check(Path folder, List<AccessUnit> units, List<X509Certificate> roots)
      throws IOException {
    Path file = folder.resolve("clip.mp4");
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      Mp4File.write(units, out);
    }
    return SignedVideoCheck.run(file, roots, START);
  }

  static List<List<byte[]>> copy(List<List<byte[]>> pictures) {
    List<List<byte[]>> copy = new ArrayList<>();
    pictures.forEach(picture -> copy.add(new ArrayList<>(picture)));
    return copy;
  }

  static KeyPair pair() throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
    pairs.initialize(256);
    return pairs.generateKeyPair();
  }

  static X509Certificate certificate(
      String subject, KeyPair of, String issuer, KeyPair by, boolean authority) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.ONE,
                    Date.from(START.minusSeconds(86_400)),
                    Date.from(START.plusSeconds(86_400 * 365L)),
                    new X500Name(subject),
                    of.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }
}
