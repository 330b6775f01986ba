package io.kydai.ingest.simulator;

import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Opens the way that a client asked for a track to take. */
final class Transports {
  private final PortPairs ports = new PortPairs();

  /**
   * An open way.
   *
   * @param header the value of the header {@code Transport}
   */
  record Way(MediaSink sink, String header) {}

  /**
   * Fails when no pair of UDP ports was free.
   *
   * @param heard is given each RTCP packet that comes over UDP from the client's address
   */
  Future<Way> open(Channel client, TransportRequest wanted, Consumer<byte[]> heard) {
    int first = wanted.first();
    int second = wanted.second();
    if (wanted.interleaved()) {
      String header = "RTP/AVP/TCP;unicast;interleaved=" + first + "-" + second;
      MediaSink sink = new MediaSink.Interleaved(client, first, second);
      return client.eventLoop().newSucceededFuture(new Way(sink, header));
    }
    Promise<Way> promise = client.eventLoop().newPromise();
    InetSocketAddress there = (InetSocketAddress) client.remoteAddress();
    InetSocketAddress here = (InetSocketAddress) client.localAddress();
    ports
        .open(client.eventLoop(), here.getAddress(), packet -> hear(there, packet, heard))
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                promise.setFailure(opened.cause());
                return;
              }
              PortPairs.Pair pair = (PortPairs.Pair) opened.getNow();
              MediaSink sink =
                  new MediaSink.Datagrams(
                      pair.rtp(),
                      pair.rtcp(),
                      new InetSocketAddress(there.getAddress(), first),
                      new InetSocketAddress(there.getAddress(), second));
              String ports = first + "-" + second + ";server_port=";
              String own = pair.port() + "-" + (pair.port() + 1);
              promise.setSuccess(new Way(sink, "RTP/AVP;unicast;client_port=" + ports + own));
            });
    return promise;
  }

  private static void hear(
      InetSocketAddress client, DatagramPacket packet, Consumer<byte[]> heard) {
    if (packet.sender().getAddress().equals(client.getAddress())) {
      byte[] bytes = new byte[packet.content().readableBytes()];
      packet.content().readBytes(bytes);
      heard.accept(bytes);
    }
  }
}
