package io.kydai.console.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server of Debian's package {@code postgresql}: a cluster of its own in a
 * temporary folder, on a free port of this machine, which ends with the process. As root it runs as
 * the user {@code postgres}, because the server refuses root.
 */
public final class PostgresqlCluster {
  /** A password with characters that an address must encode. */
  public static final String PASSWORD = "p@ss:w/rd%20?";

  static final String ENCODED_PASSWORD = "p%40ss%3Aw%2Frd%2520%3F";
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String PREFIX = "kydai-postgresql-";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static Optional<PostgresqlCluster> started = Optional.empty();

  private final Path programs;
  private final Path folder;
  private final int port;
  private int databases;

  private PostgresqlCluster(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Returns the process's server, started at the first call; skips the test where none is. */
  public static synchronized PostgresqlCluster get() {
    if (started.isEmpty()) {
      Optional<Path> programs = programs();
      Assumptions.assumeTrue(
          programs.isPresent(), "PostgreSQL (Debian's package postgresql) is not installed");
      try {
        removeLeftovers(programs.get());
        PostgresqlCluster cluster = create(programs.get());
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::remove, "postgresql-end"));
        cluster.start();
        cluster.execute(
            "CREATE ROLE kydai LOGIN PASSWORD '" + PASSWORD + "'",
            "CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD + "'",
            "CREATE DATABASE migrated OWNER kydai");
        Database.open(DatabaseAddress.of(cluster.url("migrated"))).close();
        started = Optional.of(cluster);
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("the test's PostgreSQL does not start", e);
      }
    }
    return started.get();
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that was killed leaves its server running. */
  private static void removeLeftovers(Path programs) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> folders = Files.list(temporary)) {
      for (Path folder :
          folders.filter(one -> one.getFileName().toString().startsWith(PREFIX)).toList()) {
        String process = folder.getFileName().toString().substring(PREFIX.length()).split("-")[0];
        if (ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
          new PostgresqlCluster(programs, folder, 0).remove();
        }
      }
    }
  }

  private static PostgresqlCluster create(Path programs) throws IOException {
    Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresqlCluster cluster = new PostgresqlCluster(programs, folder, port);
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (ROOT) {
      cluster.run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    // Not the collation of bytes, so that the tests show that the program sets it itself.
    cluster.server(
        "initdb",
        "--pgdata=" + cluster.data(),
        "--username=postgres",
        "--auth=scram-sha-256",
        "--pwfile=" + password,
        "--encoding=UTF8",
        "--locale=" + locale(),
        "--no-sync");
    return cluster;
  }

  /** A locale in which "~" sorts before letters, where the machine has one. */
  private static String locale() throws IOException {
    Process locales = new ProcessBuilder("locale", "-a").start();
    List<String> names = new String(locales.getInputStream().readAllBytes()).lines().toList();
    return Stream.of("en_US.utf8", "vi_VN.utf8", "C.utf8")
        .filter(names::contains)
        .findFirst()
        .orElse("C");
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Starts the server, and waits until it answers. */
  public void start() throws IOException {
    server(
        "pg_ctl",
        "start",
        "--wait",
        "--silent",
        "--pgdata=" + data(),
        "--log=" + folder.resolve("log"),
        "--options=-c listen_addresses=127.0.0.1 -c port="
            + port
            + " -c unix_socket_directories='' -c fsync=off -c max_connections=300");
  }

  /** Ends the server as a crash would: every connection breaks. */
  public void crash() throws IOException {
    server("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + data());
  }

  /** Starts the server again as a standby, which can be read and not written. */
  public void becomeStandby() throws IOException {
    server("pg_ctl", "stop", "--silent", "--mode=fast", "--pgdata=" + data());
    Path signal = Files.createFile(data().resolve("standby.signal"));
    if (ROOT) {
      run(List.of("chown", "postgres", signal.toString()));
    }
    start();
  }

  /** Makes a standby the primary server. */
  public void promote() throws IOException {
    server("pg_ctl", "promote", "--wait", "--silent", "--pgdata=" + data());
  }

  /** Changes a setting of the whole server; an empty value resets it. */
  public void set(String setting, String value) throws SQLException {
    execute(
        value.isEmpty()
            ? "ALTER SYSTEM RESET " + setting
            : "ALTER SYSTEM SET " + setting + " = '" + value + "'",
        "SELECT pg_reload_conf()");
  }

  /** Executes statements as the server's administrator in a database. */
  public void order(String database, String... statements) throws SQLException {
    try (Connection connection = admin(database);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns what a query of the server's administrator selects: the first column, as text. */
  public List<String> ask(String database, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = admin(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /**
   * A small disk for one database.
   *
   * @param folder where it is mounted
   */
  public record SmallDisk(PostgresqlCluster cluster, String database, Path folder)
      implements AutoCloseable {
    @Override
    public void close() throws SQLException, IOException {
      cluster.dropDatabase(database);
      cluster.execute("DROP TABLESPACE small");
      cluster.run(List.of("umount", folder.toString()));
      Files.delete(folder);
    }
  }

  /**
   * Moves a database to a disk of 24 MB; skips the test where no disk can be mounted, which takes
   * root.
   */
  public SmallDisk toSmallDisk(String database) throws IOException, SQLException {
    Path disk = folder.resolve("small");
    Files.createDirectory(disk);
    try {
      run(List.of("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()));
      run(List.of("chown", "postgres", disk.toString()));
    } catch (IOException e) {
      Files.delete(disk);
      Assumptions.assumeTrue(false, "no disk can be mounted here: " + e.getMessage());
    }
    execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
    execute("ALTER DATABASE " + database + " SET TABLESPACE small");
    return new SmallDisk(this, database, disk);
  }

  private void remove() {
    try {
      crash();
    } catch (IOException e) {
      // It does not run any more.
      System.err.println(e.getMessage());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void server(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private void run(List<String> command) throws IOException {
    // The server inherits the output, so that the end of a pipe would never come.
    Path output = Files.createTempFile("kydai-command-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Makes an empty database that belongs to the program's user, and returns its name. */
  public String createDatabase() {
    return createDatabase("template1");
  }

  /** Makes a database with the newest schema, and returns its name. */
  String createMigratedDatabase() {
    return createDatabase("migrated");
  }

  private synchronized String createDatabase(String template) {
    databases++;
    String name = "test_" + databases;
    try {
      execute("CREATE DATABASE " + name + " OWNER kydai TEMPLATE " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  /** Deletes a database, with its connections. */
  public void dropDatabase(String name) {
    try {
      execute("DROP DATABASE " + name + " WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the address of a database as it is written in a configuration. */
  public String url(String database) {
    return url(database, "kydai", ENCODED_PASSWORD);
  }

  String url(String database, String user, String encodedPassword) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, encodedPassword, port, database);
  }

  int port() {
    return port;
  }

  /** Returns a connection of the server's administrator. */
  public Connection admin(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setPortNumbers(new int[] {port});
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setDatabaseName(database);
    source.setUser("postgres");
    source.setPassword(PASSWORD);
    return source.getConnection();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = admin("postgres");
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
