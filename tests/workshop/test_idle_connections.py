"""Connections as the room's server holds them."""

import asyncio
import socket

import uvicorn
from uvicorn.server import ServerState

from devops_tycoon.workshop.idle_connections import Hurried


def test_an_acknowledgement_never_waits_for_the_other_ends_delayed_ack() -> None:
    config = uvicorn.Config(lambda: None, host="127.0.0.1", port=0, lifespan="off", log_config=None)
    config.load()
    made: list[Hurried] = []

    def protocol() -> Hurried:
        made.append(Hurried(config=config, server_state=ServerState(), app_state={}))
        return made[-1]

    async def connected() -> int:
        loop = asyncio.get_running_loop()
        listening = config.bind_socket()  # as the room's process does
        server = await loop.create_server(protocol, sock=listening)
        async with server:
            _, writer = await asyncio.open_connection(*listening.getsockname())
            while not (made and made[0].transport):
                await asyncio.sleep(0)
            own = made[0].transport.get_extra_info("socket")
            nodelay = int(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            made[0].transport.abort()
            writer.close()
        return nodelay

    assert asyncio.run(connected()) != 0
