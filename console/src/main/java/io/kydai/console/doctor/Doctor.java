package io.kydai.console.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import io.kydai.analytics.decode.Decoders;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.InvalidCertificateException;
import io.kydai.console.http.tls.ServerCertificate;
import io.kydai.console.node.NodeSecrets;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.secrets.SecretsException;
import io.kydai.console.secrets.SecretsKey;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.media.Codec;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.ModelException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Examines an installation, also beside a running node. */
final class Doctor {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int WRITTEN_MEGABYTES = 64;
  private static final double SLOW = 50;
  private static final double LITTLE = 0.1;
  private static final double TOO_LITTLE = 0.02;
  private static final long FEW_FILES = 8192;
  private static final Duration SOON = Duration.ofDays(14);

  private final KydaiConfig config;
  private final Path data;
  private final Clock clock;
  private final @Nullable String ntp;
  private final Duration patience;

  /**
   * @param data the data folder
   * @param ntp the server with which the clock is compared; null for what the machine reports
   * @param patience the time in which cameras are received; zero to connect to none
   */
  Doctor(KydaiConfig config, Path data, Clock clock, @Nullable String ntp, Duration patience) {
    this.patience = patience;
    this.config = config;
    this.data = data;
    this.clock = clock;
    this.ntp = ntp;
  }

  /** Examines everything; takes some seconds. */
  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(port());
    findings.add(encryption());
    findings.add(files());
    findings.add(ntp == null ? ClockCheck.local() : ClockCheck.of(ntp, clock));
    findings.addAll(disk());
    findings.add(model());
    findings.add(codecs());
    List<CameraConfig> cameras = new ArrayList<>(config.cameras());
    findings.addAll(database(cameras));
    findings.addAll(CameraChecks.of(cameras));
    if (!patience.isZero()) {
      findings.addAll(new CameraReception(clock, patience).of(cameras));
    }
    return findings;
  }

  private Finding port() {
    HttpConfig http = config.http();
    String where = http.host() + ":" + http.port();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(http.host(), http.port()));
      return Finding.ok("port", where + " is free");
    } catch (IOException e) {
      return Finding.warning(
          "port",
          where + " cannot be bound: " + e.getMessage(),
          "nothing, if that is the running node; else another http.port");
    }
  }

  private Finding encryption() {
    HttpConfig http = config.http();
    ServerTls tls = http.tls();
    if (tls == null) {
      return http.behindProxy().isEmpty() && !isLoopback(http.host())
          ? Finding.fault("TLS", "there is none", "set http.tls or http.behind-proxy")
          : Finding.ok("TLS", "is a proxy's, or not needed on this machine alone");
    }
    Path folder = data.resolve("tls");
    ServerTls.Files files =
        tls instanceof ServerTls.Files own
            ? own
            : new ServerTls.Files(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    if (tls instanceof ServerTls.SelfSigned && !Files.exists(files.certificate())) {
      return Finding.ok("TLS", "a self-signed certificate is made at the first start");
    }
    try {
      return certificate(new CertificateFiles(files).first());
    } catch (InvalidCertificateException e) {
      return Finding.fault("TLS", String.valueOf(e.getMessage()), "correct http.tls");
    }
  }

  private Finding certificate(ServerCertificate certificate) {
    Duration left = Duration.between(clock.instant(), certificate.leaf().getNotAfter().toInstant());
    String found = "the certificate: " + certificate;
    String remedy = "renew it; a running node reads the new files by itself";
    if (left.isNegative()) {
      return Finding.fault("TLS", found, remedy);
    }
    return left.compareTo(SOON) < 0
        ? Finding.warning("TLS", found, remedy)
        : Finding.ok("TLS", found);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  private static Finding files() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long most = system.getMaxFileDescriptorCount();
      return most < FEW_FILES
          ? Finding.warning(
              "files",
              most + " may be open",
              "set LimitNOFILE=65536 in the service, or ulimit -n 65536")
          : Finding.ok("files", most + " may be open");
    }
    return Finding.ok("files", "this system tells no limit");
  }

  private List<Finding> disk() {
    if (!Files.isDirectory(data)) {
      return List.of(
          Finding.warning("disk", data + " is not there yet", "the first start makes it"));
    }
    try {
      FileStore store = Files.getFileStore(data);
      double free = (double) store.getUsableSpace() / store.getTotalSpace();
      String found =
          "%d GB of %d GB are free"
              .formatted(
                  store.getUsableSpace() / 1_000_000_000, store.getTotalSpace() / 1_000_000_000);
      String remedy = "shorten the cameras' retention, or give it more space";
      Finding space =
          free < TOO_LITTLE
              ? Finding.fault("disk", found, remedy)
              : free < LITTLE ? Finding.warning("disk", found, remedy) : Finding.ok("disk", found);
      return List.of(space, speed());
    } catch (IOException e) {
      return List.of(
          Finding.fault("disk", data + " cannot be written: " + e, "give it to the node's user"));
    }
  }

  private Finding speed() throws IOException {
    Path file = Files.createTempFile(data, "doctor", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(MEGABYTE);
      long start = System.nanoTime();
      for (int i = 0; i < WRITTEN_MEGABYTES; i++) {
        bytes.clear();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      channel.force(true);
      double speed = WRITTEN_MEGABYTES / Math.max(1e-3, (System.nanoTime() - start) / 1e9);
      String found = "%d MB/s are written".formatted(Math.round(speed));
      return speed < SLOW
          ? Finding.warning("disk speed", found, "use a local disk, not one of a network")
          : Finding.ok("disk speed", found);
    } finally {
      Files.delete(file);
    }
  }

  private Finding model() {
    try (DetectorModel model = DetectorCatalogue.load(config.detector().detector())) {
      return Finding.ok("detector", model.name());
    } catch (ModelException e) {
      return Finding.fault("detector", String.valueOf(e.getMessage()), "correct `detector`");
    }
  }

  /** Cameras are decoded by the FFmpeg that is among Kydai's own libraries. */
  private static Finding codecs() {
    String remedy = "build Kydai anew on this machine, for its processor: remove console/target";
    try {
      Set<Codec> missing = EnumSet.complementOf(EnumSet.copyOf(Decoders.available()));
      String found = "FFmpeg " + Decoders.version() + " decodes " + Decoders.available();
      return missing.isEmpty()
          ? Finding.ok("codecs", found)
          : Finding.fault("codecs", found + " and not " + missing, remedy);
    } catch (LinkageError | IllegalArgumentException e) {
      return Finding.fault("codecs", "FFmpeg cannot be loaded: " + e.getMessage(), remedy);
    }
  }

  /** Opens the database beside a node, and replaces the cameras by those that are stored too. */
  private List<Finding> database(List<CameraConfig> cameras) {
    Path file = data.resolve("kydai.db");
    if (config.storage().database() == null && !Files.exists(file)) {
      return List.of(Finding.ok("database", "is made at the first start"));
    }
    DatabaseAddress address = config.storage().database(file);
    try (Database database = Database.openBeside(address)) {
      Finding found =
          database
              .fault()
              .map(fault -> Finding.fault("database", fault, "see docs/storage.md"))
              .orElseGet(() -> readable(address));
      List<Finding> findings = new ArrayList<>(List.of(found, secrets(database, cameras)));
      if (database.fault().isEmpty()) {
        findings.addAll(
            new RecordingChecks(
                    config.storage(),
                    data.resolve("recordings"),
                    new RecordingTable(database, clock),
                    clock)
                .of(cameras));
      }
      return findings;
    } catch (StoreException e) {
      return List.of(
          Finding.fault("database", String.valueOf(e.getMessage()), "see docs/storage.md"));
    }
  }

  /** Looks whether the key fits; without it, the cameras that people added cannot be read. */
  private Finding secrets(Database database, List<CameraConfig> cameras) {
    Path key = config.storage().secretsKey(data.resolve(SecretsKey.FILE));
    try {
      SecretsCipher secrets = NodeSecrets.openBeside(database, key);
      List<CameraConfig> all =
          new CameraRegistry(database, secrets, config.cameras(), clock).cameras();
      cameras.clear();
      cameras.addAll(all);
      return Files.exists(key)
          ? Finding.ok("secrets", "the key " + key + " fits the database")
          : Finding.ok("secrets", "the next start makes the key " + key);
    } catch (SecretsException e) {
      return Finding.fault("secrets", String.valueOf(e.getMessage()), "see docs/storage.md");
    }
  }

  private static Finding readable(DatabaseAddress address) {
    return address instanceof DatabaseAddress.PostgresqlServer server
            && server.address().exposure().isPresent()
        ? Finding.warning(
            "database",
            "can be read, but " + server.address().exposure().orElseThrow(),
            "add ?sslmode=verify-full to storage.database")
        : Finding.ok("database", "can be read");
  }
}
