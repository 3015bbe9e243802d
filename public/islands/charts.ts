// Draws the charts of a page again with Chart.js, over what the server drew: hover, and sharp at any width.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  type Plugin,
  Tooltip,
} from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

type Drawn = {
  kind: 'columns' | 'rows'
  labels: string[]
  series: { label: string; values: number[] }[]
  marks?: { index: number; label: string }[]
}

const COLOURS = ['#d4af37', '#1d1d1b']
const LABEL_CHARS_MAX = 32
const shortened = (text: string) =>
  text.length > LABEL_CHARS_MAX ? `${text.slice(0, LABEL_CHARS_MAX - 1)}…` : text

function configuration({ kind, labels, series, marks = [] }: Drawn): ChartConfiguration<'bar'> {
  const isRows = kind === 'rows'
  const counts = { beginAtZero: true, ticks: { precision: 0 } }
  const names = {
    grid: { display: false },
    ticks: {
      maxRotation: 0,
      autoSkip: !isRows,
      maxTicksLimit: isRows ? labels.length : 8,
      callback: (_: unknown, index: number) => shortened(labels[index] ?? ''),
    },
  }
  return {
    type: 'bar',
    plugins: [markPlugin(marks)],
    data: {
      labels,
      datasets: series.map(({ label, values }, i) => ({
        label,
        data: values,
        backgroundColor: COLOURS[i] ?? '#82817b',
        borderColor: '#1d1d1b',
        borderWidth: i === 0 ? 1 : 0,
        maxBarThickness: 24,
      })),
    },
    options: {
      indexAxis: isRows ? 'y' : 'x',
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      color: '#0c0c0c',
      font: { family: 'system-ui, sans-serif', size: 12 },
      plugins: { tooltip: { enabled: true } },
      scales: isRows ? { x: counts, y: names } : { x: names, y: counts },
    },
  }
}

/** A thin line and a word over the column where something began. */
function markPlugin(marks: { index: number; label: string }[]): Plugin<'bar'> {
  return {
    id: 'marks',
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      ctx.save()
      ctx.strokeStyle = '#8b6428'
      ctx.fillStyle = '#0c0c0c'
      ctx.font = '12px system-ui, sans-serif'
      for (const { index, label } of marks) {
        const x = scales.x?.getPixelForValue(index) ?? 0
        ctx.beginPath()
        ctx.moveTo(x, chartArea.top)
        ctx.lineTo(x, chartArea.bottom)
        ctx.stroke()
        ctx.fillText(label, x + 4, chartArea.top + 10)
      }
      ctx.restore()
    },
  }
}

const drawn = new Set<{ chart: Chart; canvas: HTMLCanvasElement }>()

/** Draws what has not been drawn yet; charts that a refreshed part of the page has replaced are let go. */
function drawAll(): void {
  for (const each of drawn) {
    if (each.canvas.isConnected) continue
    each.chart.destroy()
    drawn.delete(each)
  }
  for (const box of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    if (box.querySelector('canvas')) continue
    const canvas = document.createElement('canvas')
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', box.dataset.chartLabel ?? '')
    // The box keeps the height of what the server drew, so nothing below it moves.
    box.style.height = `${box.clientHeight}px`
    box.replaceChildren(canvas)
    const chart = new Chart(canvas, configuration(JSON.parse(box.dataset.chart ?? '{}') as Drawn))
    drawn.add({ chart, canvas })
  }
}

drawAll()
document.addEventListener('htmx:after:swap', drawAll)
