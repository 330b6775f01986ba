package io.kydai.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.connect.CameraRoute;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CameraConnectionTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Clip CLIP = Clip.of(HandMadeClip.ofGroup(4_000, 24, 600));

  private final EventLoop loop =
      (EventLoop) new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
  private final BlockingQueue<ConnectionEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private CameraConnection open(String address) {
    CameraRoute route = new CameraRoute(CameraSource.of(GATE, address).over(Transport.TCP));
    Bootstrap bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class);
    CameraTracks tracks = new CameraTracks(GATE, Clock.systemUTC(), loop, PacketCounter.NONE, null);
    CameraConnection connection =
        new CameraConnection(route, bootstrap, RtspSettings.DEFAULT, tracks, events::add);
    loop.execute(connection::open);
    return connection;
  }

  private List<ConnectionEvent> upToTheEnd() throws InterruptedException {
    List<ConnectionEvent> heard = new ArrayList<>();
    while (heard.isEmpty() || !(heard.get(heard.size() - 1) instanceof ConnectionEvent.Ended)) {
      ConnectionEvent next = events.poll(60, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      heard.add(next);
    }
    return heard;
  }

  private static List<String> kinds(List<ConnectionEvent> heard) {
    return heard.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  void aConnectionReportsWhatItPlaysInOrderAndItsEndOnceAndLast() throws Exception {
    SimulatedCamera camera = new SimulatedCamera("gate", CLIP, 25).withSound(AudioClip.tone());
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      simulator.misbehave("gate", Fault.close(30));
      CameraConnection connection = open(simulator.address("gate"));
      List<String> heard = new ArrayList<>(kinds(upToTheEnd()));
      assertThat(heard).startsWith("Playing").endsWith("Failed");
      assertThat(heard).contains("AudioReceived", "PictureReceived");
      assertThat(heard.indexOf("MediaStarted")).isLessThan(heard.indexOf("PictureReceived"));
      assertThat(heard).containsOnlyOnce("Playing", "MediaStarted", "Failed");
      loop.submit(connection::close).get();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void aHostWithoutAConnectionIsUnreachableWhichIsNotAFailure() throws Exception {
    String address;
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(new SimulatedCamera("gate", CLIP, 25)).start()) {
      address = simulator.address("gate");
    }
    open(address);
    assertThat(kinds(upToTheEnd())).containsExactly("Unreachable");
  }
}
