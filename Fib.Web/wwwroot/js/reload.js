// Development only: reloads the open page after its sources were edited or the web service was restarted.
const version = document.querySelector('meta[name=source-version]').content;

function connect() {
  const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/ws`);
  socket.onmessage = ({ data }) => data === version || location.reload();
  socket.onclose = () => setTimeout(connect, 500);
}

connect();
