// The dialog in which a place is picked: the map moves under a pin that stays.
import { words } from "./words.js";

const LEAFLET = "/static/vendor/leaflet/leaflet.js";
const CENTRE = [25.0478, 121.5319];
const ENGLISH = document.documentElement.lang === "en";
const dialog = document.getElementById("place");
const where = document.getElementById("where");
const share = document.getElementById("share");

let map = null;
let districts = [];

const nameOf = (feature) => (ENGLISH ? feature.properties.en : feature.properties.name);
const labelOf = (feature) =>
  ENGLISH ? `${feature.properties.en}, ${words.map.city}` : words.map.city + nameOf(feature);

// Asks for a place; gives {lat, lon, label}, or null when the person thinks better of it.
export async function choosePlace() {
  dialog.returnValue = "";
  dialog.showModal();
  if (!map) await open().catch(broken);
  map?.invalidateSize();
  tell();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  if (dialog.returnValue !== "share" || !map) return null;
  const { lat, lng } = map.getCenter();
  return { lat: round(lat), lon: round(lng), label: labelAt(lat, lng) };
}

function broken() {
  where.textContent = words.map.failed;
  share.disabled = true;
}

async function open() {
  const [outlines, stations] = await Promise.all([
    drawn("/static/districts.geojson"),
    drawn("/static/stations.geojson"),
    script(LEAFLET),
  ]);
  districts = outlines.features;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map = L.map("map", {
    attributionControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    minZoom: 10,
    maxZoom: 17,
    zoomSnap: 0.5,
    scrollWheelZoom: "center", // what the pin stands on stays under it
    touchZoom: "center",
    doubleClickZoom: "center",
  });
  map.setView(CENTRE, 12);
  map.on("move", tell);
  map.on("click", (event) => map.panTo(event.latlng, { animate: !still }));
  drawDistricts(outlines);
  drawStations(stations);
  offerDistricts();
  offerHere();
  share.disabled = false;
}

const drawn = (url) => fetch(url).then((answer) => answer.json());

function script(url) {
  return new Promise((done, wrong) => {
    const element = document.createElement("script");
    element.src = url;
    element.addEventListener("load", done);
    element.addEventListener("error", wrong);
    document.head.append(element);
  });
}

function drawDistricts(outlines) {
  const style = { color: "#0e7c7b", weight: 1.5, fillColor: "#d9ebe6", fillOpacity: 1 };
  L.geoJSON(outlines, {
    style,
    onEachFeature: (feature, layer) =>
      layer.bindTooltip(text(nameOf(feature)), {
        permanent: true,
        direction: "center",
        className: "district-name",
      }),
  }).addTo(map);
}

function drawStations(stations) {
  const layer = L.geoJSON(stations, {
    pointToLayer: (feature, at) =>
      L.circleMarker(at, { radius: 4, weight: 1.5, color: "#7a5a00", fillColor: "#f2a541", fillOpacity: 1 })
        .bindTooltip(text(nameOf(feature)), { permanent: true, direction: "right", className: "station-name" }),
  });
  // From afar the dots would cover the districts, and their names each other.
  const look = () => {
    const zoom = map.getZoom();
    if (zoom >= 12) layer.addTo(map);
    else layer.remove();
    map.getContainer().classList.toggle("near", zoom >= 14);
  };
  map.on("zoomend", look);
  look();
}

// Leaflet takes a string as markup, an element as it is.
function text(said) {
  const element = document.createElement("span");
  element.textContent = said;
  return element;
}

function offerDistricts() {
  const select = document.getElementById("district");
  for (const feature of districts) select.append(new Option(nameOf(feature), nameOf(feature)));
  select.addEventListener("change", () => {
    const chosen = districts.find((feature) => nameOf(feature) === select.value);
    if (chosen) map.fitBounds(L.geoJSON(chosen).getBounds(), { animate: false });
  });
}

function offerHere() {
  const button = document.getElementById("here");
  button.addEventListener("click", () => {
    const found = ({ coords }) => map.setView([coords.latitude, coords.longitude], 15);
    const missing = () => (where.textContent = words.map.no_here);
    if (!navigator.geolocation) return missing();
    navigator.geolocation.getCurrentPosition(found, missing, { timeout: 8000 });
  });
}

function tell() {
  if (!map) return;
  const { lat, lng } = map.getCenter();
  where.textContent = `${labelAt(lat, lng)} · ${lat.toFixed(4)}, ${lng.toFixed(4)}`;
}

function labelAt(lat, lon) {
  const found = districts.find((feature) =>
    feature.geometry.coordinates.some(([ring]) => inside(lon, lat, ring)),
  );
  return found ? labelOf(found) : words.map.outside;
}

// Whether a point lies within a ring: a ray to the east crosses it an odd number of times.
function inside(x, y, ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

const round = (degrees) => Math.round(degrees * 1e6) / 1e6;
