package io.kydai.console.http.api;

/** What a browser offers. */
final class WhepOffer {
  static final String TYPE = "application/sdp";

  static final String TEXT =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=video 9 UDP/TLS/RTP/SAVPF 109 114
      c=IN IP4 0.0.0.0
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F
      a=setup:actpass
      a=mid:0
      a=recvonly
      a=rtcp-mux
      a=rtpmap:109 H264/90000
      a=rtcp-fb:109 nack
      a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=rtpmap:114 rtx/90000
      a=fmtp:114 apt=109
      """
          .replace("\n", "\r\n");

  /** What it sends later. */
  static final String FRAGMENT_TYPE = "application/trickle-ice-sdpfrag";

  static final String FRAGMENT =
      """
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      m=video 9 UDP/TLS/RTP/SAVPF 0
      a=mid:0
      a=candidate:1 1 udp 2130706431 192.0.2.1 61764 typ host
      """
          .replace("\n", "\r\n");

  private WhepOffer() {}
}
