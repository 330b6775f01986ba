"""A GStreamer RTSP server for tests: plays one file to every client from its beginning.

usage: gstreamer_server.py FILE PORT [USER PASSWORD basic|digest] [--certificate PEM] [--only udp|tcp] [--sound [aac]]
    [--also FILE]...
With --sound a tone is the second track, with --sound aac it is the AAC of an MP4 FILE.
FILE is H.264, unless its name ends with .h265.mp4 or .jpeg.mkv.
Prints "PORT n" when it listens (n is the free port chosen when PORT is 0), serves rtsp://127.0.0.1:n/stream
(rtsps:// with a certificate) and ends when its standard input does. Each further FILE is
/stream1, /stream2 and so on. It takes tunnels through HTTP on the same port.
"""
import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
parser = argparse.ArgumentParser()
parser.add_argument("path")
parser.add_argument("port")
parser.add_argument("login", nargs="*")
parser.add_argument("--certificate")
parser.add_argument("--only", choices=["udp", "tcp"])
parser.add_argument("--sound", nargs="?", const="tone", choices=["tone", "aac"])
parser.add_argument("--also", action="append", default=[])
options = parser.parse_args()
path, port = options.path, options.port
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)


def factory_of(path):
    factory = GstRtspServer.RTSPMediaFactory()
    if options.sound == "aac":
        factory.set_launch(
            f"( filesrc location={path} ! qtdemux name=d"
            " d.video_0 ! queue ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1"
            " d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97 )"
        )
        return factory
    demuxer = "qtdemux ! " if path.endswith(".mp4") else ""
    payloader = "h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1"
    if path.endswith(".h265.mp4"):
        payloader = "h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1"
    elif path.endswith(".jpeg.mkv"):
        demuxer = "matroskademux ! "
        payloader = "jpegparse ! rtpjpegpay name=pay0 pt=26"
    factory.set_launch(
        f"( filesrc location={path} ! {demuxer}{payloader}"
        + (" audiotestsrc ! mulawenc ! rtppcmupay name=pay1 pt=0" if options.sound else "")
        + " )"
    )
    return factory


factory = factory_of(path)
if options.only:
    factory.set_protocols(getattr(GstRtsp.RTSPLowerTrans, options.only.upper()))
auth = GstRtspServer.RTSPAuth()
if options.certificate:
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(options.certificate))
    server.set_auth(auth)
if options.login:
    user, password, method = options.login
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if method == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)
if options.certificate and not options.login:
    anybody = GstRtspServer.RTSPToken()
    anybody.set_string("media.factory.role", "anybody")
    auth.set_default_token(anybody)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("anybody", "media.factory.access", True)
    permissions.add_permission_for_role("anybody", "media.factory.construct", True)
    factory.set_permissions(permissions)
server.get_mount_points().add_factory("/stream", factory)
for number, more in enumerate(options.also, start=1):
    server.get_mount_points().add_factory(f"/stream{number}", factory_of(more))
server.attach(None)
print("PORT", server.get_bound_port(), flush=True)

loop = GLib.MainLoop()


def wait_for_end():
    sys.stdin.read()
    loop.quit()


threading.Thread(target=wait_for_end, daemon=True).start()
loop.run()
