<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>GAC</name>
        <message>
            <source> (will not do)</source>
            <translation type="vanished"> (no sirve)</translation>
        </message>
        <message>
            <source> and {} more</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation> y {} más</translation>
        </message>
        <message>
            <source> seeds</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation> semillas</translation>
        </message>
        <message numerus="yes">
            <source>%n SYNTHETIC file(s) were exported.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>
                <numerusform>Se exportó %n archivo SYNTHETIC.</numerusform>
                <numerusform>Se exportaron %n archivos SYNTHETIC.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n assumed</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>
                <numerusform>%n supuesto</numerusform>
                <numerusform>%n supuestos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n block(s)</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>
                <numerusform>%n bloque</numerusform>
                <numerusform>%n bloques</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) from the radar</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>
                <numerusform>a %n día del radar</numerusform>
                <numerusform>a %n días del radar</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>
                <numerusform>%n capa</numerusform>
                <numerusform>%n capas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n map(s) marked.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>
                <numerusform>%n mapa marcado.</numerusform>
                <numerusform>%n mapas marcados.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) about this run</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>
                <numerusform>%n nota sobre esta ejecución</numerusform>
                <numerusform>%n notas sobre esta ejecución</numerusform>
            </translation>
        </message>
        <message>
            <source>'{}' is not a number.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>«{}» no es un número.</translation>
        </message>
        <message>
            <source>(B08 − B04) / (B08 + B04); -0.2 to 0.9 in every stage</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>(B08 − B04) / (B08 + B04); de -0.2 a 0.9 en todas las etapas</translation>
        </message>
        <message>
            <source>(by way of {})</source>
            <translation type="vanished">(por medio de {})</translation>
        </message>
        <message>
            <source>+0.05 brighter</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>+0.05 más claro</translation>
        </message>
        <message>
            <source>-0.05 darker</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>-0.05 más oscuro</translation>
        </message>
        <message>
            <source>-0.2 contradicts the radar</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>-0.2 contradice al radar</translation>
        </message>
        <message>
            <source>-0.2 water</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>-0.2 agua</translation>
        </message>
        <message>
            <source>0 all samples alike</source>
            <extracomment>resources/styles/spread.qml</extracomment>
            <translation>0 todas las muestras iguales</translation>
        </message>
        <message>
            <source>0 as an image of another place</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0 como una imagen de otro lugar</translation>
        </message>
        <message>
            <source>0 no change</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>0 sin cambio</translation>
        </message>
        <message>
            <source>0 to 1</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>De 0 a 1</translation>
        </message>
        <message>
            <source>0 to 1 (reflectance)</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>de 0 a 1 (reflectancia)</translation>
        </message>
        <message>
            <source>0 to 10000</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>De 0 a 10000</translation>
        </message>
        <message>
            <source>0 to 10000 (DN)</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>de 0 a 10000 (DN)</translation>
        </message>
        <message>
            <source>0 to 65535</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/optical/reflectance.py</extracomment>
            <translation>De 0 a 65535</translation>
        </message>
        <message>
            <source>0.05 reflectance (standard deviation)</source>
            <extracomment>resources/styles/spread.qml</extracomment>
            <translation>0.05 de reflectancia (desviación típica)</translation>
        </message>
        <message>
            <source>0.1 bare</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>0.1 suelo desnudo</translation>
        </message>
        <message>
            <source>0.2 rarely reached by other places</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.2 rara vez alcanzado por otros lugares</translation>
        </message>
        <message>
            <source>0.3 as real images</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.3 como las imágenes reales</translation>
        </message>
        <message>
            <source>0.5 or less: as half of real images' places</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>0.5 o menos: como la mitad de los lugares reales</translation>
        </message>
        <message>
            <source>0.6 better than most real images</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.6 mejor que la mayoría de imágenes reales</translation>
        </message>
        <message>
            <source>0.7 dense green</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>0.7 verde denso</translation>
        </message>
        <message>
            <source>0.95 as one real place in twenty</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>0.95 como uno de cada veinte lugares reales</translation>
        </message>
        <message>
            <source>1 more than any real place</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>1 más que ningún lugar real</translation>
        </message>
        <message>
            <source>1 tensor</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>1 tensor</translation>
        </message>
        <message>
            <source>1000, from processing baseline 04.00 on</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>1000, desde la línea base 04.00</translation>
        </message>
        <message>
            <source>10·log10 of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>10·log10 de la amplitud</translation>
        </message>
        <message>
            <source>16-bit</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>16 bits</translation>
        </message>
        <message>
            <source>1: generate</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>1: generar</translation>
        </message>
        <message>
            <source>20·log10 of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>20·log10 de la potencia</translation>
        </message>
        <message>
            <source>2: generate, refine</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>2: generar, refinar</translation>
        </message>
        <message>
            <source>32-bit</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>32 bits</translation>
        </message>
        <message>
            <source>3: generate, refine, ground</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>3: generar, refinar, anclar</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Imagen de 8 bits</translation>
        </message>
        <message>
            <source>&lt;b&gt;Demo&lt;/b&gt; models: only to show how it works.</source>
            <translation type="vanished">Modelos &lt;b&gt;demo&lt;/b&gt;: solo muestran cómo funciona.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Everything that a run needs works.&lt;/b&gt;</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>&lt;b&gt;Todo lo que necesita una ejecución funciona.&lt;/b&gt;</translation>
        </message>
        <message>
            <source>&lt;b&gt;Licence:&lt;/b&gt; {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>&lt;b&gt;Licencia:&lt;/b&gt; {}</translation>
        </message>
        <message>
            <source>&lt;b&gt;SYNTHETIC:&lt;/b&gt; the pixels are generated by models, not observed.</source>
            <translation type="vanished">&lt;b&gt;SYNTHETIC:&lt;/b&gt; los píxeles los generan modelos, no se han observado.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Source:&lt;/b&gt; {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>&lt;b&gt;Origen:&lt;/b&gt; {}</translation>
        </message>
        <message>
            <source>&lt;b&gt;{} packages&lt;/b&gt;, exact versions, checked by their hashes: </source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>&lt;b&gt;{} paquetes&lt;/b&gt;, versiones exactas, comprobados por sus sumas: </translation>
        </message>
        <message>
            <source>A JSON file for catalogues that describes how the images were made</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Un archivo JSON para catálogos: cómo se hicieron las imágenes</translation>
        </message>
        <message>
            <source>A Python of your own, 3.11 to 3.13; if none is named, uv finds or fetches one.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Un Python propio, de 3.11 a 3.13; si no se indica ninguno, uv encuentra o descarga uno.</translation>
        </message>
        <message>
            <source>A Python program</source>
            <translation type="vanished">Un programa Python</translation>
        </message>
        <message>
            <source>A Sentinel-2 image of another date was given, and no first one.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Se dio una imagen Sentinel-2 de otra fecha, pero no la primera.</translation>
        </message>
        <message>
            <source>A batch has no such options: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Un lote no tiene estas opciones: {}.</translation>
        </message>
        <message>
            <source>A bundle's own weights are {} files. Ask whoever made it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Los pesos propios de un paquete son archivos {}. Pregunte a quien lo hizo.</translation>
        </message>
        <message>
            <source>A clear image of another date guides where the first is cloudy</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Una imagen despejada de otra fecha guía donde la primera está nublada</translation>
        </message>
        <message>
            <source>A damaged download is fetched again. If it stays damaged, do not use that server; if you trust the new file, `gac models delete --forget` forgets the first one's hash.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Una descarga dañada se vuelve a bajar. Si sigue así, no use ese servidor; si confía en el archivo nuevo, `gac models delete --forget` olvida la suma del primero.</translation>
        </message>
        <message>
            <source>A file could not be written or replaced.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>No se pudo escribir o reemplazar un archivo.</translation>
        </message>
        <message>
            <source>A file in place of a result was kept as {}.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Lo que ocupaba el lugar de un resultado se conservó como {}.</translation>
        </message>
        <message>
            <source>A folder with models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Una carpeta con modelos</translation>
        </message>
        <message>
            <source>A graphics card is many times faster.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Una tarjeta gráfica es muchas veces más rápida.</translation>
        </message>
        <message>
            <source>A horizontal line (H) instead of a vertical one (V)</source>
            <translation type="vanished">Una línea horizontal (H) en lugar de vertical (V)</translation>
        </message>
        <message>
            <source>A layer for each band, all of one date</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>Una capa por banda, todas de una fecha</translation>
        </message>
        <message>
            <source>A layer that shows what stage {} changed: red is brighter, blue darker</source>
            <translation type="vanished">Una capa que muestra lo que cambió la etapa {}: rojo es más claro, azul más oscuro</translation>
        </message>
        <message>
            <source>A layer that shows where stage {} contradicts the radar: red agrees no more than an image of another place, blue as real images do; see-through where the radar shows nothing to judge by</source>
            <translation type="vanished">Una capa que muestra dónde la etapa {} contradice al radar: el rojo no coincide más que una imagen de otro lugar, el azul como las imágenes reales; transparente donde el radar no muestra nada con que juzgar</translation>
        </message>
        <message>
            <source>A layer that shows where the network that stage 3 was trained against doubts stage {}: see-through where it doubts no more than half of real images' places, orange as one in twenty of them, purple more than any. It is no probability of error.</source>
            <translation type="vanished">Una capa que muestra dónde la red contra la que se entrenó la etapa 3 duda de la etapa {}: transparente donde no duda más que de la mitad de los lugares de imágenes reales, naranja como de uno de cada veinte, violeta más que de cualquiera. No es una probabilidad de error.</translation>
        </message>
        <message>
            <source>A layer with reflectance, such as a Sentinel-2 image or another run's stage</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Una capa con reflectancia, como una imagen de Sentinel-2 o una etapa de otra ejecución</translation>
        </message>
        <message>
            <source>A line is a scene: one file, or VV's and VH's with a tab between them.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Una línea es una escena: un archivo, o los de VV y VH separados por un tabulador.</translation>
        </message>
        <message>
            <source>A map here shows generated images without a mark.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Un mapa muestra aquí imágenes generadas sin marca.</translation>
        </message>
        <message>
            <source>A mirror may lack it: choose another one, or none. Else update GAC.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Puede que un espejo no lo tenga: elija otro, o ninguno. Si no, actualice GAC.</translation>
        </message>
        <message>
            <source>A mirror may lag behind: choose another one, or none. Else update GAC.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Puede que un espejo vaya retrasado: elija otro, o ninguno. Si no, actualice GAC.</translation>
        </message>
        <message>
            <source>A model of yours: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Un modelo suyo: {}</translation>
        </message>
        <message>
            <source>A nodata value in addition to the file's own</source>
            <translation type="vanished">Un valor que no es una medida, además de lo que dice el propio archivo</translation>
        </message>
        <message>
            <source>A number of workers was given, and a scheduler, which has its own.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Se indicó un número de workers y un planificador, que tiene los suyos.</translation>
        </message>
        <message>
            <source>A package</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Un paquete</translation>
        </message>
        <message>
            <source>A radar file without a name was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Se indicó un archivo de radar sin nombre.</translation>
        </message>
        <message>
            <source>A raster that is 0 where it is clear, or polygons of clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Un ráster con 0 donde está despejado, o polígonos de nubes</translation>
        </message>
        <message>
            <source>A rectangle in the units of its CRS; only what it covers</source>
            <translation type="vanished">Un rectángulo en las unidades de su SRC; solo lo que cubre</translation>
        </message>
        <message>
            <source>A result in {} cannot be read again: {}.</source>
            <translation type="vanished">No se puede volver a leer un resultado en {}: {}.</translation>
        </message>
        <message>
            <source>A run is in progress. Cancel it or wait for it to end, then remove.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Hay una ejecución en curso. Cancélela o déjela terminar y elimine después.</translation>
        </message>
        <message>
            <source>A run takes one or two radar files, {} were given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Una ejecución toma uno o dos archivos de radar, y se indicaron {}.</translation>
        </message>
        <message>
            <source>A run's files: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Archivos de una ejecución: {}</translation>
        </message>
        <message>
            <source>A scene is one or two files, {} were given.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Una escena son uno o dos archivos; se dieron {}.</translation>
        </message>
        <message>
            <source>A score has no such options: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Una puntuación no tiene estas opciones: {}.</translation>
        </message>
        <message>
            <source>A spread needs two samples at least.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Una dispersión necesita al menos dos muestras.</translation>
        </message>
        <message>
            <source>A worker's process ended while it started.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Un proceso de trabajo terminó mientras arrancaba.</translation>
        </message>
        <message>
            <source>Accept the licence on its page there, make a token that may read, and give it: HF_TOKEN, or Models in QGIS.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Acepte la licencia en su página, cree un token con permiso de lectura e indíquelo: HF_TOKEN, o Modelos en QGIS.</translation>
        </message>
        <message>
            <source>Acquired</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Adquisición</translation>
        </message>
        <message>
            <source>Across</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Horizontal</translation>
        </message>
        <message>
            <source>Add --replace to replace it, or choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Añada --replace para sustituirlo, o elija otra carpeta con --out.</translation>
        </message>
        <message>
            <source>Add a Sentinel-1 scene (VV and VH) to the project: Layer, Add Layer, Add Raster Layer.</source>
            <translation type="vanished">Añada una escena de Sentinel-1 (VV y VH) al proyecto: Capa, Añadir capa, Añadir capa ráster.</translation>
        </message>
        <message>
            <source>Add it to the project without them. Or: {}</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Añádala al proyecto sin ellas. O bien: {}</translation>
        </message>
        <message>
            <source>Add one, or choose another area.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Añada una o elija otra área.</translation>
        </message>
        <message>
            <source>Add the results to the project</source>
            <extracomment>gac_qgis_plugin/processing/batch.py, gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Añadir los resultados al proyecto</translation>
        </message>
        <message>
            <source>Address of a Dask scheduler for the algorithm gac:batch, such as tls://host:8786. Anyone who reaches a scheduler can run programs on its workers: use one that you trust</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Dirección de un planificador de Dask para el algoritmo gac:batch, como tls://host:8786. Quien alcanza un planificador puede ejecutar programas en sus workers: indique uno de confianza</translation>
        </message>
        <message>
            <source>Adds a label to the corner of every map that shows images of GAC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Rotula la esquina de cada mapa que muestra imágenes de GAC</translation>
        </message>
        <message>
            <source>Adds a layer with the clear pixels, before any run</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Añade una capa con los píxeles despejados, antes de ejecutar</translation>
        </message>
        <message>
            <source>Adds the batch's layers to the project, or refreshes them with new blocks</source>
            <translation type="vanished">Añade las capas del lote al proyecto, o muestra los bloques llegados desde entonces</translation>
        </message>
        <message>
            <source>Adds the run's layers to the project again</source>
            <translation type="vanished">Vuelve a añadir al proyecto las capas de la ejecución</translation>
        </message>
        <message>
            <source>Advanced</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Avanzado</translation>
        </message>
        <message>
            <source>Agreement with the radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Concordancia con el radar</translation>
        </message>
        <message>
            <source>Agreement with the radar, place by place</source>
            <translation type="vanished">Concordancia con el radar, lugar por lugar</translation>
        </message>
        <message>
            <source>All</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Todos</translation>
        </message>
        <message>
            <source>All of the optical image counts as clear: no cloud is known.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Toda la imagen óptica se considera despejada: no consta ninguna nube.</translation>
        </message>
        <message>
            <source>All three: generate, refine, ground</source>
            <translation type="vanished">Tres: hasta anclar</translation>
        </message>
        <message>
            <source>Also</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Además</translation>
        </message>
        <message>
            <source>Amplitude</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Amplitud</translation>
        </message>
        <message>
            <source>An archive with models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Un archivo comprimido con modelos</translation>
        </message>
        <message>
            <source>An offset of {} DN should be in the values ({}), but {} of them lie below it: it seems to have been taken off already.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Los valores deberían llevar un desplazamiento de {} DN ({}), pero {} de ellos son menores: parece que ya se restó.</translation>
        </message>
        <message>
            <source>An optical file without a name was given.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Se indicó un archivo óptico sin nombre.</translation>
        </message>
        <message>
            <source>Another Python…</source>
            <translation type="vanished">Otro Python…</translation>
        </message>
        <message>
            <source>Another batch is at work in {}.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Otro lote está trabajando en {}.</translation>
        </message>
        <message>
            <source>Another folder for the models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Otra carpeta para los modelos</translation>
        </message>
        <message>
            <source>Another program has it open. Models that were used stay open until their worker ends: end GAC's runs and restart QGIS, then try again.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Otro programa lo tiene abierto. Los modelos usados quedan abiertos hasta que termina su proceso: termine las ejecuciones de GAC, reinicie QGIS e inténtelo de nuevo.</translation>
        </message>
        <message>
            <source>Another program is at work on the models in {}.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Otro programa está trabajando con los modelos en {}.</translation>
        </message>
        <message>
            <source>Another program's libraries may stand before its own: start QGIS without other plugins; on Windows install the Visual C++ runtime.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Quizá las bibliotecas de otro programa se anteponen a las suyas: inicie QGIS sin otros complementos; en Windows, instale el entorno de ejecución de Visual C++.</translation>
        </message>
        <message>
            <source>Another run can then begin at stage 2 or 3 (Runs, Run again); 96 bytes per pixel</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Otra ejecución puede empezar entonces en la etapa 2 o 3 (Historial, Repetir); 96 bytes por píxel</translation>
        </message>
        <message>
            <source>Another run with this one's settings, or with changes</source>
            <translation type="vanished">Otra ejecución con los ajustes de esta, o con cambios</translation>
        </message>
        <message>
            <source>Another run{} is writing to {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Otra ejecución{} está escribiendo en {}.</translation>
        </message>
        <message>
            <source>Apple GPU (MPS, untested)</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>GPU de Apple (MPS, sin probar)</translation>
        </message>
        <message>
            <source>Apple GPU (untested)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>GPU de Apple (sin probar)</translation>
        </message>
        <message>
            <source>Apple's GPU was asked for, but PyTorch finds none that it can use here.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Se pidió la GPU de Apple, pero PyTorch no encuentra aquí ninguna que pueda usar.</translation>
        </message>
        <message>
            <source>Apple's GPU; nothing was measured on one, and it is used only by choice</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>GPU de Apple; no se ha medido nada en ninguna, y solo se usa por elección</translation>
        </message>
        <message>
            <source>Approximate side of a block in pixels</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>Lado de un bloque en píxeles, aproximado</translation>
        </message>
        <message>
            <source>Archives</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Archivos comprimidos</translation>
        </message>
        <message>
            <source>Area</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Área</translation>
        </message>
        <message>
            <source>Area (empty: the whole layer)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Área (vacío: toda la capa)</translation>
        </message>
        <message>
            <source>Area (empty: the whole scenes)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Área (vacío: las escenas enteras)</translation>
        </message>
        <message>
            <source>As</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Como</translation>
        </message>
        <message>
            <source>As another layer…</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Como otra capa…</translation>
        </message>
        <message>
            <source>As set in the options</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Como digan las opciones</translation>
        </message>
        <message>
            <source>As {} ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Como {} ({} a {})</translation>
        </message>
        <message>
            <source>Ask for 2 to {}.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Pida de 2 a {}.</translation>
        </message>
        <message>
            <source>Ask its owner for the permission, or give a copy of your own.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Pida permiso a su propietario, o dé una copia propia.</translation>
        </message>
        <message>
            <source>Ask the provider for the data itself: a GeoTIFF, or a web coverage service (WCS).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Pida al proveedor los propios datos: un GeoTIFF o un servicio web de coberturas (WCS).</translation>
        </message>
        <message>
            <source>Ask whoever made it for another name.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Pida otro nombre a quien lo hizo.</translation>
        </message>
        <message>
            <source>Asking the adversary about opt_v{}</source>
            <extracomment>gac_core/engine/doubt_map.py</extracomment>
            <translation>Preguntando al adversario por opt_v{}</translation>
        </message>
        <message>
            <source>Assign its CRS and extent, for example with QGIS's Assign projection, or export it again with georeference.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Asígnele su SRC y extensión, por ejemplo con «Asignar proyección» de QGIS, o expórtela otra vez con georreferencia.</translation>
        </message>
        <message>
            <source>Assign its CRS, for example with QGIS's Assign projection.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Asígnele su SRC, por ejemplo con «Asignar proyección» de QGIS.</translation>
        </message>
        <message>
            <source>At least one is needed.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Se necesita al menos uno.</translation>
        </message>
        <message>
            <source>B02 would be {} times as bright as B08</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>B02 sería {} veces más brillante que B08</translation>
        </message>
        <message>
            <source>B02, B03, B04 and B08 are needed. If they are there by another name: {}</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Se necesitan B02, B03, B04 y B08. Si están con otro nombre: {}</translation>
        </message>
        <message>
            <source>B04, B03, B02; one range in every band and stage</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>B04, B03, B02; un solo rango en todas las bandas y etapas</translation>
        </message>
        <message>
            <source>B04, B03, B02; reflectance 0 to 0.3 in every stage</source>
            <translation type="vanished">B04, B03, B02; reflectancia de 0 a 0.3 en todas las etapas</translation>
        </message>
        <message>
            <source>B08, B04, B03: plants are red; one range in every stage, wider for B08</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>B08, B04, B03: las plantas se ven rojas; un solo rango en todas las etapas, más amplio para B08</translation>
        </message>
        <message>
            <source>B08, B04, B03: plants are red; reflectance 0 to 0.5 and 0 to 0.3 in every stage</source>
            <translation type="vanished">B08, B04, B03: las plantas se ven rojas; reflectancia de 0 a 0.5 y de 0 a 0.3 en todas las etapas</translation>
        </message>
        <message>
            <source>Band {} of {} was chosen for both VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>La banda {} de {} se eligió tanto para VV como para VH.</translation>
        </message>
        <message>
            <source>Band {} was chosen for {}, but {} has {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Se eligió la banda {} para {}, pero {} tiene {}.</translation>
        </message>
        <message>
            <source>Bands</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Bandas</translation>
        </message>
        <message>
            <source>Bands of Sentinel-2, in file order</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Bandas de Sentinel-2, en orden</translation>
        </message>
        <message>
            <source>Batch</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Lote</translation>
        </message>
        <message>
            <source>Batches</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Lotes</translation>
        </message>
        <message>
            <source>Before/after figure (PNG)</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Figura antes/después (PNG)</translation>
        </message>
        <message>
            <source>Begin at stage 1.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Empiece en la etapa 1.</translation>
        </message>
        <message>
            <source>Begin at stage {} or before.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Empiece en la etapa {} o antes.</translation>
        </message>
        <message>
            <source>Best available</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>El mejor disponible</translation>
        </message>
        <message>
            <source>Bilinear</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Bilineal</translation>
        </message>
        <message>
            <source>Biome</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Bioma</translation>
        </message>
        <message>
            <source>Biome that stage 2 is told (RESOLVE)</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Bioma que se dice a la etapa 2 (RESOLVE)</translation>
        </message>
        <message>
            <source>Black and white are taken from this layer as it is shown now.</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>El negro y el blanco se toman de esta capa tal como se muestra ahora.</translation>
        </message>
        <message>
            <source>Black and white points of new results; each run's can be switched.</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Qué es negro y qué es blanco en los resultados nuevos; se puede cambiar en cada ejecución.</translation>
        </message>
        <message>
            <source>Blocks</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Bloques</translation>
        </message>
        <message>
            <source>Blocks and scenes that failed</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Bloques y escenas que fallaron</translation>
        </message>
        <message>
            <source>Blocks of {} px are smaller than what the models look at, {} px.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Los bloques de {} px son menores que lo que miran los modelos, {} px.</translation>
        </message>
        <message>
            <source>Boreal Forests/Taiga</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques boreales/taiga</translation>
        </message>
        <message>
            <source>Both images are of other dates and only guide: the first one alone does as well.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Las dos imágenes son de otras fechas y solo guían: la primera sola hace lo mismo.</translation>
        </message>
        <message>
            <source>Both must be multiples of {}, and the side at least the tile's.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Ambos deben ser múltiplos de {}, y el lado al menos el de la tesela.</translation>
        </message>
        <message>
            <source>Build the virtual raster again, from the files that hold the values.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Construya otra vez el ráster virtual, a partir de los archivos que contienen los valores.</translation>
        </message>
        <message>
            <source>Bundle</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Paquete</translation>
        </message>
        <message>
            <source>By place</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Según el lugar</translation>
        </message>
        <message>
            <source>By place ({})</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Según el lugar ({})</translation>
        </message>
        <message>
            <source>By the days between</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Según los días entre ambos</translation>
        </message>
        <message>
            <source>CPU, {} threads</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>CPU, {} hilos</translation>
        </message>
        <message>
            <source>CRS</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>SRC</translation>
        </message>
        <message>
            <source>CUDA was asked for, but PyTorch finds no usable NVIDIA GPU here.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Se pidió CUDA, pero PyTorch no encuentra aquí una GPU NVIDIA utilizable.</translation>
        </message>
        <message>
            <source>Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP (Calibration, then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, and use the result.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Calíbrela a sigma0 o gamma0 y corrija el terreno, por ejemplo con SNAP (Calibration, luego Range-Doppler Terrain Correction) o con el RTC de ASF HyP3, y use el resultado.</translation>
        </message>
        <message>
            <source>Calibrate the scene to sigma0 or gamma0 instead. To try all the same, choose S1GRD as its kind yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Calibre la escena a sigma0 o gamma0. Para probar de todos modos, elija usted mismo S1GRD como tipo.</translation>
        </message>
        <message>
            <source>Calibrated, geocoded backscatter</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Retrodispersión calibrada y geocodificada</translation>
        </message>
        <message>
            <source>Calibrated, geocoded backscatter: VV and VH</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Retrodispersión calibrada y geocodificada: VV y VH</translation>
        </message>
        <message>
            <source>Cancel</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py, gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancel export</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Cancelar exportación</translation>
        </message>
        <message>
            <source>Cancel it first.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Cancélela primero.</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Cancelled; complete blocks are kept.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Cancelado; se conservan los bloques completos.</translation>
        </message>
        <message>
            <source>Cancelled; finished stages are kept.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Cancelado; las etapas terminadas se conservan.</translation>
        </message>
        <message>
            <source>Cancels for good. To resume later, stop it in QGIS's list of tasks.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Cancela del todo. Para continuar después, deténgala en la lista de tareas de QGIS.</translation>
        </message>
        <message>
            <source>Cancels the run. To resume it later, stop it in QGIS's list of tasks instead.</source>
            <translation type="vanished">Detiene la ejecución definitivamente. Para continuarla después, deténgala en la lista de tareas de QGIS.</translation>
        </message>
        <message>
            <source>Cannot find coordinate operations</source>
            <translation type="vanished">Cannot find coordinate operations</translation>
        </message>
        <message>
            <source>Certificate authority</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Su autoridad</translation>
        </message>
        <message>
            <source>Certificates were given for a scheduler whose address is not tls://.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Se dieron certificados para un planificador cuya dirección no es tls://.</translation>
        </message>
        <message>
            <source>Change</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Cambiar</translation>
        </message>
        <message>
            <source>Change it there, or take it away to choose a folder.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Cámbiela allí, o quítela para elegir una carpeta.</translation>
        </message>
        <message>
            <source>Check</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Comprobar</translation>
        </message>
        <message>
            <source>Check QGIS's options, Network, or HTTPS_PROXY: address, user, password.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Compruebe las opciones de QGIS, Red, o HTTPS_PROXY: dirección, usuario, contraseña.</translation>
        </message>
        <message>
            <source>Check QGIS's options, Network: address, user, password; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Compruebe en las opciones de QGIS, Red: dirección, usuario, contraseña; después continúe.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Compruebe su SRC y su georreferencia.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference; give the product itself, no overview of it.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Compruebe su SRC y su georreferencia; dé el propio producto, no una vista reducida.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference; give the product itself.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>Compruebe su SRC y su georreferencia; dé el propio producto.</translation>
        </message>
        <message>
            <source>Check its CRS, or cut it to the area you need.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Compruebe su SRC, o recórtela al área que necesita.</translation>
        </message>
        <message>
            <source>Check its CRS. UTM covers latitudes up to 84 degrees.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Compruebe su SRC. UTM cubre latitudes de hasta 84 grados.</translation>
        </message>
        <message>
            <source>Check its CRS; Sentinel-1 sees the Earth.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Compruebe su SRC; Sentinel-1 observa la Tierra.</translation>
        </message>
        <message>
            <source>Check its georeference, and export it again.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Compruebe su georreferencia y expórtelo otra vez.</translation>
        </message>
        <message>
            <source>Check that VV and VH are the right bands and overlap.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Compruebe que VV y VH son las bandas correctas y se superponen.</translation>
        </message>
        <message>
            <source>Check that it is complete and in its place, and run again.</source>
            <extracomment>gac_core/engine/provenance.py</extracomment>
            <translation>Vea que esté en su lugar y completo, y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Check that no run uses it and that you may delete it, then try again.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Compruebe que ninguna ejecución lo usa y que puede borrarlo; luego inténtelo de nuevo.</translation>
        </message>
        <message>
            <source>Check that nobody moves or removes the output folder, and run again.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Vea que nadie mueva ni elimine la carpeta de salida, y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Check that the disk has room and that you may write there.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Compruebe que el disco tiene espacio y que puede escribir allí.</translation>
        </message>
        <message>
            <source>Check that the disk has room, that you may write to the folder, and that no other program holds the file.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Compruebe que el disco tiene espacio, que puede escribir en la carpeta y que ningún otro programa retiene el archivo.</translation>
        </message>
        <message>
            <source>Check that the disk is not full, and see the details.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Mire si el disco está lleno, y los detalles.</translation>
        </message>
        <message>
            <source>Check that the disk, or the network that leads to it, works; then run again.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Compruebe que el disco, o la red que lleva a él, funciona; después ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Check that the run's files still exist.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>Mire si los archivos de la ejecución siguen ahí.</translation>
        </message>
        <message>
            <source>Check that you have the permission to read it, or install the bundle again.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>Procure tener permiso para leerlo, o instale de nuevo el paquete.</translation>
        </message>
        <message>
            <source>Check that you may read and write there, or choose another folder.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Compruebe que puede leer y escribir ahí, o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Check that you may read it.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/store/archive.py, gac_core/store/integrity.py, gac_core/store/listing.py</extracomment>
            <translation>Compruebe que puede leerlo.</translation>
        </message>
        <message>
            <source>Check that you may write there, or choose another folder.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Compruebe que puede escribir allí, o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Check that you may write there, or name the folder in the variable GAC_MODELS.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Compruebe que puede escribir allí, o indique la carpeta en la variable GAC_MODELS.</translation>
        </message>
        <message>
            <source>Check the address and the connection, and that the access is still valid.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Compruebe la dirección y la conexión, y que el acceso sigue siendo válido.</translation>
        </message>
        <message>
            <source>Check the extent's coordinates and its CRS.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Compruebe las coordenadas de la extensión y su SRC.</translation>
        </message>
        <message>
            <source>Check the file and the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/layers.py</extracomment>
            <translation>Mire el archivo y el registro «GAC».</translation>
        </message>
        <message>
            <source>Check the layer's file.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Compruebe el archivo de la capa.</translation>
        </message>
        <message>
            <source>Check the network and QGIS's proxy (options, Network), then go on from here; or install from a wheel folder, without any network.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Compruebe la red y el proxy de QGIS (opciones, Red) y continúe desde aquí; o instale desde una carpeta de wheels, sin red.</translation>
        </message>
        <message>
            <source>Check the network and QGIS's proxy (options, Network); or install Python 3.11, or name one under Made with, and go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Compruebe la red y el proxy de QGIS (opciones, Red); o instale Python 3.11, o indique uno en «Creado con», y continúe.</translation>
        </message>
        <message>
            <source>Check the network, the proxy and the mirror. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Compruebe la red, el proxy y el espejo. {}</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Compruebe la ruta.</translation>
        </message>
        <message>
            <source>Check which bands it holds, and name them yourself; - stands for any other.</source>
            <extracomment>gac_core/optical/band_reader.py, gac_core/optical/reflectance.py</extracomment>
            <translation>Compruebe qué bandas contiene e indíquelas usted; - representa cualquier otra.</translation>
        </message>
        <message>
            <source>Checking the packages…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Comprobando los paquetes…</translation>
        </message>
        <message>
            <source>Checking {}…</source>
            <translation type="vanished">Comprobando {}…</translation>
        </message>
        <message>
            <source>Choose a GeoTIFF, or another format that QGIS reads.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Elija un GeoTIFF, u otro formato que QGIS lea.</translation>
        </message>
        <message>
            <source>Choose a Sentinel-2 layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Elija una capa de Sentinel-2.</translation>
        </message>
        <message>
            <source>Choose a band from 1 to {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Elija una banda de 1 a {}.</translation>
        </message>
        <message>
            <source>Choose a bundle that holds TerraMind.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Elija un paquete que contenga TerraMind.</translation>
        </message>
        <message>
            <source>Choose a bundle that knows it. To try all the same, choose {} as its kind yourself.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Elija un paquete que lo conozca. Para probar de todos modos, elija usted mismo {} como su tipo.</translation>
        </message>
        <message>
            <source>Choose a file, or say that there are no clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Elegir un archivo, o indicar que no hay nubes</translation>
        </message>
        <message>
            <source>Choose a folder beside it.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Elija una carpeta al lado.</translation>
        </message>
        <message>
            <source>Choose a folder that holds one, or an installed bundle by its name.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Elija una carpeta que contenga uno, o un paquete instalado por su nombre.</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to.</source>
            <extracomment>gac_core/engine/folder.py, gac_core/store/maintenance.py</extracomment>
            <translation>Elija una carpeta en la que pueda escribir.</translation>
        </message>
        <message>
            <source>Choose a folder with a shorter path and without links in a circle.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Elija una carpeta con una ruta más corta y sin enlaces en círculo.</translation>
        </message>
        <message>
            <source>Choose a layer that shows reflectance, or reflectance × 10000, in grey or colours.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Elija una capa que muestre reflectancia, o reflectancia × 10000, en gris o en color.</translation>
        </message>
        <message>
            <source>Choose a run whose folder you may write to.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>Elija una ejecución en cuya carpeta pueda escribir.</translation>
        </message>
        <message>
            <source>Choose an area on the image.</source>
            <extracomment>gac_qgis_plugin/export/grid.py</extracomment>
            <translation>Elija un área sobre la imagen.</translation>
        </message>
        <message>
            <source>Choose an area on the layer, or the whole layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Elija un área sobre la capa, o toda la capa.</translation>
        </message>
        <message>
            <source>Choose an empty folder, or one that does not exist yet.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Elija una carpeta vacía, o una que aún no exista.</translation>
        </message>
        <message>
            <source>Choose an empty folder.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Elija una carpeta vacía.</translation>
        </message>
        <message>
            <source>Choose an extent of at most some 6 degrees.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Elija una extensión de unos 6 grados como máximo.</translation>
        </message>
        <message>
            <source>Choose an extent on the scene. If the places are right, the extent's CRS is wrong.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Elija una extensión sobre la escena. Si los lugares son correctos, el SRC de la extensión es erróneo.</translation>
        </message>
        <message>
            <source>Choose an extent where the radar layer shows an image.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Elija una extensión donde la capa de radar muestre una imagen.</translation>
        </message>
        <message>
            <source>Choose an extent within that run's, or begin at stage 1.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Elija una extensión dentro de la de esa ejecución, o empiece en la etapa 1.</translation>
        </message>
        <message>
            <source>Choose an offset of 0: it is no longer in the values.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Elija un desplazamiento de 0: ya no está en los valores.</translation>
        </message>
        <message>
            <source>Choose an output folder on a disk whose file system has locks.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Elija una carpeta de salida en un disco cuyo sistema de archivos tenga bloqueos.</translation>
        </message>
        <message>
            <source>Choose an output folder on storage that all workers see by the same path.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Elija una carpeta de salida en un almacenamiento que todos los workers vean con la misma ruta.</translation>
        </message>
        <message>
            <source>Choose another build of PyTorch, or a wheel folder that has it.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Elija otra variante de PyTorch, o una carpeta de wheels que la tenga.</translation>
        </message>
        <message>
            <source>Choose another build of PyTorch.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Elija otra variante de PyTorch.</translation>
        </message>
        <message>
            <source>Choose another build: with CUDA 12.6 for older GPUs, with CUDA 13 for new ones.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Elija otra variante: con CUDA 12.6 para GPU antiguas, con CUDA 13 para las nuevas.</translation>
        </message>
        <message>
            <source>Choose another folder or another name: nothing is replaced.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Elija otra carpeta u otro nombre: no se reemplaza nada.</translation>
        </message>
        <message>
            <source>Choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Elija otra carpeta con --out.</translation>
        </message>
        <message>
            <source>Choose another folder, or delete the model there first.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Elija otra carpeta, o borre antes el modelo que hay allí.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <extracomment>gac_core/store/hub.py, gac_core/store/maintenance.py, gac_qgis_plugin/export/task.py</extracomment>
            <translation>Elija otra carpeta.</translation>
        </message>
        <message>
            <source>Choose another mirror (HF_ENDPOINT), or none.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Elija otro espejo (HF_ENDPOINT), o ninguno.</translation>
        </message>
        <message>
            <source>Choose another output folder in the GAC panel.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Elija otra carpeta de salida en el panel GAC.</translation>
        </message>
        <message>
            <source>Choose another output folder, or move these files away.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Elija otra carpeta de salida, o mueva estos archivos.</translation>
        </message>
        <message>
            <source>Choose another output folder, or remove this one.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Elija otra carpeta de salida, o elimine esta.</translation>
        </message>
        <message>
            <source>Choose another output folder.</source>
            <extracomment>gac_core/engine/batch_plan.py, gac_core/engine/folder.py, gac_core/engine/observed.py, gac_core/engine/plan.py</extracomment>
            <translation>Elija otra carpeta de salida.</translation>
        </message>
        <message>
            <source>Choose another seed, or the processor instead of the GPU; if it happens again, the bundle's training has failed.</source>
            <extracomment>gac_core/tiling/mosaic.py</extracomment>
            <translation>Elija otra semilla, o el procesador en lugar de la GPU; si vuelve a ocurrir, el entrenamiento del paquete ha fallado.</translation>
        </message>
        <message>
            <source>Choose another stage.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Elija otra etapa.</translation>
        </message>
        <message>
            <source>Choose dB as its unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Elija dB como unidad.</translation>
        </message>
        <message>
            <source>Choose device auto or cpu, or install a driver that fits PyTorch {}.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Elija el dispositivo auto o cpu, o instale un controlador adecuado para PyTorch {}.</translation>
        </message>
        <message>
            <source>Choose device auto or cpu.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Elija el dispositivo auto o cpu.</translation>
        </message>
        <message>
            <source>Choose files that are not in the project</source>
            <translation type="vanished">Elegir archivos que no están en el proyecto</translation>
        </message>
        <message>
            <source>Choose it again.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Elíjala de nuevo.</translation>
        </message>
        <message>
            <source>Choose layers, or enter files or folders, one per line.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Elija capas, o escriba archivos o carpetas, uno por línea.</translation>
        </message>
        <message>
            <source>Choose more seeds.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Elija más semillas.</translation>
        </message>
        <message>
            <source>Choose one at least.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Elija al menos una.</translation>
        </message>
        <message>
            <source>Choose several layers, files, or a product's folder</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Elegir varias capas, archivos o la carpeta de un producto</translation>
        </message>
        <message>
            <source>Choose the Sentinel-1 layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Elija la capa de Sentinel-1.</translation>
        </message>
        <message>
            <source>Choose the VH layer if VV and VH are separate files.</source>
            <translation type="vanished">Elija la capa VH si VV y VH son archivos separados.</translation>
        </message>
        <message>
            <source>Choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Elija usted mismo la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>Choose the VV band and the VH band.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Elija la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>Choose the file.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Elija el archivo.</translation>
        </message>
        <message>
            <source>Choose the radar file.</source>
            <translation type="vanished">Elija el archivo de radar.</translation>
        </message>
        <message>
            <source>Choose the {} band.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Elija la banda {}.</translation>
        </message>
        <message>
            <source>Choose two different bands.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Elija dos bandas distintas.</translation>
        </message>
        <message>
            <source>Chooses another folder for the models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Elige otra carpeta para los modelos</translation>
        </message>
        <message>
            <source>Chosen: GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Elegido: GAC calcula en el procesador.</translation>
        </message>
        <message>
            <source>Chosen: it must compute on the GPU.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Elegido: debe calcular en la GPU.</translation>
        </message>
        <message>
            <source>Chosen: the package index's PyTorch, whose hash is pinned, with CUDA {}.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Elegido: el PyTorch del índice de paquetes, cuyo hash está fijado, con CUDA {}.</translation>
        </message>
        <message>
            <source>Clear</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Despejado</translation>
        </message>
        <message>
            <source>Clear in Sentinel-2: {}</source>
            <extracomment>gac_qgis_plugin/gui/reference_watch.py</extracomment>
            <translation>Despejado en Sentinel-2: {}</translation>
        </message>
        <message>
            <source>Clear values</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Despejado</translation>
        </message>
        <message>
            <source>Clear values of the mask</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Valores de la máscara que son despejado</translation>
        </message>
        <message>
            <source>Click on the map to preview a tile. 1, 2, 3: stage; B: next; Escape ends.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Pulse en el mapa para previsualizar una tesela. 1, 2, 3: etapa; B: siguiente; Escape termina.</translation>
        </message>
        <message>
            <source>Close other programs before a run, or choose a small extent.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Cierre otros programas antes de una ejecución, o elija una extensión pequeña.</translation>
        </message>
        <message>
            <source>Close other programs or choose a smaller bundle.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Cierre otros programas, o elija un paquete menor.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Cierre otros programas que la usen.</translation>
        </message>
        <message>
            <source>Close other programs, choose a smaller bundle, or a smaller extent.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Cierre otros programas, o elija un paquete menor o una extensión menor.</translation>
        </message>
        <message>
            <source>Close other programs, or raise the system's limit of open files (ulimit -n).</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Cierre otros programas, o haga que el sistema permita más archivos abiertos (ulimit -n).</translation>
        </message>
        <message>
            <source>Close other windows of QGIS; look whether an antivirus holds the folder; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Cierre otras ventanas de QGIS; compruebe si un antivirus retiene la carpeta; después continúe.</translation>
        </message>
        <message>
            <source>Close what else uses the GPU, choose a smaller bundle, or compute on the processor.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Cierre lo que use la GPU, elija un paquete más pequeño o calcule en el procesador.</translation>
        </message>
        <message>
            <source>Cloud Score+, clear from {} on</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Cloud Score+, despejado a partir de {}</translation>
        </message>
        <message>
            <source>Cloud mask of it</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Su máscara de nubes</translation>
        </message>
        <message>
            <source>Cloud mask of the other date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Máscara de nubes de la otra fecha</translation>
        </message>
        <message>
            <source>Clouds</source>
            <extracomment>gac_core/optical/clouds.py, gac_core/optical/masks.py, gac_core/optical/reference.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Nubes</translation>
        </message>
        <message>
            <source>Clouds, as a raster or polygons</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Nubes, como ráster o polígonos</translation>
        </message>
        <message>
            <source>Colours for reading by eye; for measuring use reflectance.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Colores para ver a simple vista; para medir use la reflectancia.</translation>
        </message>
        <message>
            <source>Colours of all stages of the run at once</source>
            <translation type="vanished">Colores de todas las etapas de la ejecución a la vez</translation>
        </message>
        <message>
            <source>Compare</source>
            <extracomment>gac_qgis_plugin/gui/dock.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Comparing opt_v{} with the radar</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Comparando opt_v{} con el radar</translation>
        </message>
        <message>
            <source>Complete blocks are kept: run it again with the same output folder to resume.</source>
            <translation type="vanished">Lo completo se conserva: ejecútelo de nuevo con la misma carpeta de salida para seguir.</translation>
        </message>
        <message>
            <source>Compression</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Compresión</translation>
        </message>
        <message>
            <source>Computed by</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Calculado por</translation>
        </message>
        <message>
            <source>Computed tiles are kept in {}: run this again with the same output folder and the same parameters to resume.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Lo calculado se conserva en {}: ejecute esto otra vez con la misma carpeta de salida y los mismos parámetros, y continuará desde ahí.</translation>
        </message>
        <message>
            <source>Computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Lo calculado se conserva.</translation>
        </message>
        <message>
            <source>Computes the area as if the radar ended at its edge: much less work for small areas, but pixels near the edge differ from those of a larger area</source>
            <translation type="vanished">Calcula la zona como si el radar terminara en su borde: mucho menos trabajo en zonas pequeñas, pero los píxeles junto al borde difieren de los de una zona mayor</translation>
        </message>
        <message>
            <source>Computes the stages; tiles appear on the map as they are finished</source>
            <translation type="vanished">Calcula las etapas; las teselas aparecen en el mapa mientras tanto</translation>
        </message>
        <message>
            <source>Computing the blocks</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Calculando los bloques</translation>
        </message>
        <message>
            <source>Continue</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Copy</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <extracomment>gac_core/scene/files.py, gac_core/scene/paths.py</extracomment>
            <translation>Cópielo o descárguelo otra vez.</translation>
        </message>
        <message>
            <source>Copy or fetch it again.</source>
            <extracomment>gac_core/store/archive.py, gac_core/store/install.py</extracomment>
            <translation>Cópielo o descárguelo de nuevo.</translation>
        </message>
        <message>
            <source>Copy report</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Copiar informe</translation>
        </message>
        <message>
            <source>Copy the file itself there.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Copie allí el archivo mismo.</translation>
        </message>
        <message>
            <source>Copy the file to this computer first.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Copie antes el archivo en este equipo.</translation>
        </message>
        <message>
            <source>Correct it, or clear it to let the plugin look for the environment itself.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Corríjalo, o bórrelo para que el complemento busque el entorno por sí mismo.</translation>
        </message>
        <message>
            <source>Correct the card if its offset is wrong; else make it again with this bundle.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Corrija la ficha si su desplazamiento es erróneo; si no, hágalo de nuevo con este paquete.</translation>
        </message>
        <message>
            <source>Cubic</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Cúbica</translation>
        </message>
        <message>
            <source>Cut it into parts, for example with QGIS's Clip raster by extent.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Córtelo en partes, por ejemplo con «Cortar ráster por extensión» de QGIS.</translation>
        </message>
        <message>
            <source>Cut it to the area, or give the mask as a raster.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Recórtela al área, o dé la máscara como ráster.</translation>
        </message>
        <message>
            <source>Damaged: {}</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>Dañado: {}</translation>
        </message>
        <message>
            <source>Dask scheduler</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Planificador de Dask</translation>
        </message>
        <message>
            <source>Dask's dashboard, if it has one: {}</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Panel de Dask, si lo tiene: {}</translation>
        </message>
        <message>
            <source>Dask's dashboard: {}</source>
            <translation type="vanished">Panel de Dask: {}</translation>
        </message>
        <message>
            <source>Dask, which reaches the workers of a scheduler, is not installed.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Dask, que accede a los workers de un planificador, no está instalado.</translation>
        </message>
        <message>
            <source>Date</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Date of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Fecha de Sentinel-2</translation>
        </message>
        <message>
            <source>Days</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Días</translation>
        </message>
        <message>
            <source>Days within which pixels are kept</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Días en que se conservan píxeles</translation>
        </message>
        <message>
            <source>Decibel (dB)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Decibelio (dB)</translation>
        </message>
        <message>
            <source>Delete the models' environment in {}? Models and results stay.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>¿Borrar el entorno de los modelos en {}? Los modelos y los resultados se quedan.</translation>
        </message>
        <message>
            <source>Delete the rest by hand.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Borre el resto a mano.</translation>
        </message>
        <message>
            <source>Delete the run in {}?</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>¿Borrar la ejecución en {}?</translation>
        </message>
        <message>
            <source>Delete the selected items permanently? This cannot be undone.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>¿Eliminar definitivamente lo marcado? No se puede deshacer.</translation>
        </message>
        <message>
            <source>Delete {} from your models? Files that other bundles need stay.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>¿Borrar {} de sus modelos? Los archivos que otros paquetes necesitan se quedan.</translation>
        </message>
        <message>
            <source>Deletes the run with its files; asks first</source>
            <translation type="vanished">Borra la ejecución con sus archivos; pregunta antes</translation>
        </message>
        <message>
            <source>Delete…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Borrar…</translation>
        </message>
        <message>
            <source>Demo (small models)</source>
            <extracomment>resources/bundles/demo/bundle.json</extracomment>
            <translation>Demo (modelos pequeños)</translation>
        </message>
        <message>
            <source>Demo models: small, trained on little data. They show how GAC works, not how good it can be.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Modelos demo: pequeños, entrenados con pocos datos. Muestran cómo funciona GAC, no lo bueno que puede ser.</translation>
        </message>
        <message>
            <source>Deserts &amp; Xeric Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Desiertos y matorrales xerófilos</translation>
        </message>
        <message>
            <source>Detail must be at most half the window's overlap.</source>
            <translation type="vanished">El detalle debe ser como mucho la mitad del solape de la ventana.</translation>
        </message>
        <message>
            <source>Details</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Detalles</translation>
        </message>
        <message>
            <source>Details…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Detalles…</translation>
        </message>
        <message>
            <source>Determining the packages…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Determinando los paquetes…</translation>
        </message>
        <message>
            <source>Device</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Dispositivo</translation>
        </message>
        <message>
            <source>Devices, each tried on one tile</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Dispositivos, cada uno probado con una tesela</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Diagnóstico…</translation>
        </message>
        <message>
            <source>Difference</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Diferencia</translation>
        </message>
        <message>
            <source>Difference {}, in reflectance × 10000.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>Diferencia {}, en reflectancia × 10000.</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Pasos de difusión de la etapa 1</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1 (0: as the bundle needs)</source>
            <translation type="vanished">Pasos de difusión de la etapa 1 (0: los que el paquete necesita)</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1, generate</source>
            <translation type="vanished">Pasos de difusión de la etapa 1, generar</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1, generate: passes per tile</source>
            <translation type="vanished">Pasos de difusión de la etapa 1, generar: pasadas por tesela</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 3, ground</source>
            <translation type="vanished">Pasos de difusión de la etapa 3, anclar</translation>
        </message>
        <message>
            <source>Discard</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Discard the unfinished run in {}?</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>¿Descartar la ejecución inacabada en {}?</translation>
        </message>
        <message>
            <source>Discard…</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Descartar…</translation>
        </message>
        <message>
            <source>Disk</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Disco</translation>
        </message>
        <message>
            <source>Disk ({})</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Disco ({})</translation>
        </message>
        <message>
            <source>Divide them by {}, or declare the scale in the file (GDAL: gdal_edit -scale).</source>
            <translation type="vanished">Divídalos por {}, o declare la escala en el archivo (GDAL: gdal_edit -scale).</translation>
        </message>
        <message>
            <source>Divide them by {}, or declare the scale in the file (gdal_edit.py -scale {}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Divídalos por {}, o declare la escala en el archivo (gdal_edit.py -scale {}).</translation>
        </message>
        <message>
            <source>Do not use it unless you know who made it.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>No lo use si no sabe quién lo hizo.</translation>
        </message>
        <message>
            <source>Do not use this bundle unless you know who made it.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>No use este paquete a menos que sepa quién lo hizo.</translation>
        </message>
        <message>
            <source>Doctor</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Diagnóstico</translation>
        </message>
        <message>
            <source>Does not work: {}.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>No funciona: {}.</translation>
        </message>
        <message>
            <source>Done</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Listo</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation type="vanished">Listo.</translation>
        </message>
        <message>
            <source>Download</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Descargar</translation>
        </message>
        <message>
            <source>Download from</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Descargar de</translation>
        </message>
        <message>
            <source>Download them, and give the file.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Descárguelos y dé el archivo.</translation>
        </message>
        <message>
            <source>Downloaded data is kept; fetching again resumes.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Lo descargado se conserva; al descargar de nuevo se sigue desde ahí.</translation>
        </message>
        <message>
            <source>Draw it on the map (the menu beside it), or choose the whole layer.</source>
            <translation type="vanished">Dibújelo en el mapa (el menú de al lado) o elija toda la capa.</translation>
        </message>
        <message>
            <source>Draw one, or choose the whole layer.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Dibuje uno, o elija toda la capa.</translation>
        </message>
        <message>
            <source>Each run makes a new folder in it.</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Cada ejecución crea en ella una carpeta nueva.</translation>
        </message>
        <message>
            <source>Each run makes a new folder in it; nothing is overwritten.</source>
            <translation type="vanished">Cada ejecución crea en ella una carpeta nueva; no se sobrescribe nada.</translation>
        </message>
        <message>
            <source>Each sample takes as long as the run did</source>
            <translation type="vanished">Cada muestra tarda tanto como la ejecución</translation>
        </message>
        <message>
            <source>Each takes as long as the run</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Cada una tarda tanto como la ejecución</translation>
        </message>
        <message>
            <source>Environment</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Entorno</translation>
        </message>
        <message>
            <source>Environment…</source>
            <translation type="vanished">Entorno…</translation>
        </message>
        <message>
            <source>Evaluate what is packed, or pack without --scores and evaluate the bundle.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Evalúe lo que se empaqueta, o empaquete sin --scores y evalúe el paquete.</translation>
        </message>
        <message>
            <source>Everything computed is kept: run again with the same settings to resume.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>Lo calculado se conserva: ejecute de nuevo con los mismos ajustes para continuar desde ahí.</translation>
        </message>
        <message>
            <source>Export</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>Export all pixels, or run again.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Exporte todos los píxeles, o ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Export without it.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Exporte sin ella.</translation>
        </message>
        <message>
            <source>Export without the figure.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Exporte sin la figura.</translation>
        </message>
        <message>
            <source>Exports this stage as a file of its own</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Exporta esta etapa como archivo propio</translation>
        </message>
        <message>
            <source>Export…</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Failed.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Error.</translation>
        </message>
        <message>
            <source>Failed: {}</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Error: {}</translation>
        </message>
        <message>
            <source>False colour (NIR)</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Falso color (NIR)</translation>
        </message>
        <message>
            <source>Fetch it again from where it is published.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Descárguelo de nuevo de donde se publica.</translation>
        </message>
        <message>
            <source>Fetch it again, or ask whoever made it for a safetensors file.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Descárguelo otra vez, o pida a su autor un archivo safetensors.</translation>
        </message>
        <message>
            <source>Fetch it again.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Descárguelo otra vez.</translation>
        </message>
        <message>
            <source>Fetch it with `gac models fetch`, or delete the bundles that you do not use.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Descárguelo con `gac models fetch`, o borre los paquetes que no use.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. If you put it there yourself: `gac models import {}`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Descárguelo: `gac models fetch {}`, o Modelos en QGIS. Si lo puso ahí usted mismo: `gac models import {}`.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. Without internet, import {} of Hugging Face's {} from a folder: `gac models import FOLDER`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Descárguelo: `gac models fetch {}`, o Modelos en QGIS. Sin internet, importe {} de {} de Hugging Face desde una carpeta: `gac models import FOLDER`.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. Without internet, put {} of Hugging Face's {} into {}.</source>
            <translation type="vanished">Descárguelo: `gac models fetch {}`, o Modelos en QGIS. Sin internet, ponga {} de {} de Hugging Face en {}.</translation>
        </message>
        <message>
            <source>Fetch the bundle again, or train it again.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Descargue de nuevo el paquete, o entrénelo de nuevo.</translation>
        </message>
        <message>
            <source>Fetching and installing some {:.1f} GB: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Descargando e instalando unos {:.1f} GB: {}</translation>
        </message>
        <message>
            <source>Fetching {}: {:.2f} of {:.2f} GB</source>
            <translation type="vanished">Descargando {}: {:.2f} de {:.2f} GB</translation>
        </message>
        <message>
            <source>Fewer stages take less time.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Menos etapas tardan menos.</translation>
        </message>
        <message>
            <source>Files are missing in {}: {}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Faltan archivos en {}: {}.</translation>
        </message>
        <message>
            <source>Files keep their published names: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Los archivos conservan sus nombres publicados: {}.</translation>
        </message>
        <message>
            <source>Files of an earlier run in {} cannot be removed: {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>No se puede eliminar lo que una ejecución anterior dejó en {}: {}.</translation>
        </message>
        <message>
            <source>Files, folders, patterns (*.tif), lists of files (.txt) or STAC items (.json)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Archivos, carpetas, patrones (*.tif), listas de archivos (.txt) o items STAC (.json)</translation>
        </message>
        <message>
            <source>Files…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Archivos…</translation>
        </message>
        <message>
            <source>File…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Archivo…</translation>
        </message>
        <message>
            <source>Fill clouds with GAC…</source>
            <extracomment>gac_qgis_plugin/gui/fill_action.py</extracomment>
            <translation>Rellenar nubes con GAC…</translation>
        </message>
        <message>
            <source>Fill it on a machine of the same system and Python: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Llénela en un equipo con el mismo sistema y Python: {}</translation>
        </message>
        <message>
            <source>Fill it on a machine of the same system with Python {}.{}: pip download --no-deps --require-hashes -r {} --dest FOLDER</source>
            <translation type="vanished">Llénela en un equipo con el mismo sistema y Python {}.{}: pip download --no-deps --require-hashes -r {} --dest FOLDER</translation>
        </message>
        <message>
            <source>Finish it first.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Termínela primero.</translation>
        </message>
        <message>
            <source>Fitted ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Ajustado ({} a {})</translation>
        </message>
        <message>
            <source>Fitted to the run</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Ajustado a la ejecución</translation>
        </message>
        <message>
            <source>Fitting stage {} to the optical reference</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Ajustando la etapa {} a la referencia óptica</translation>
        </message>
        <message>
            <source>Fixed ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Fijo ({} a {})</translation>
        </message>
        <message>
            <source>Flooded Grasslands &amp; Savannas</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Pastizales y sabanas inundados</translation>
        </message>
        <message>
            <source>Fmask</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Fmask</translation>
        </message>
        <message>
            <source>Fmask of Digital Earth Australia</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Fmask de Digital Earth Australia</translation>
        </message>
        <message>
            <source>Folder</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Carpeta</translation>
        </message>
        <message>
            <source>Folder for exports</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Carpeta de exportaciones</translation>
        </message>
        <message>
            <source>Folder for runs</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Carpeta de ejecuciones</translation>
        </message>
        <message>
            <source>Folder of a Sentinel-2 product</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Carpeta de un producto Sentinel-2</translation>
        </message>
        <message>
            <source>Folder of a product…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Carpeta de un producto…</translation>
        </message>
        <message>
            <source>For all stages at once</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Para todas las etapas a la vez</translation>
        </message>
        <message>
            <source>Free some space, choose another output folder, or choose a smaller extent.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Libere espacio, o elija otra carpeta de salida o una extensión menor.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Libere espacio, o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Frees disk space; images stay.</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Libera espacio en el disco; las imágenes se conservan.</translation>
        </message>
        <message>
            <source>Frees their disk space; the run's images stay.</source>
            <translation type="vanished">Libera su espacio en el disco; las imágenes de la ejecución se conservan.</translation>
        </message>
        <message>
            <source>From 2 to 98 % of the visible bands of the highest stage, together: for snow, sand, dark water</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Del 2 al 98 % de las bandas visibles de la etapa más alta, juntas: para nieve, arena, agua oscura</translation>
        </message>
        <message>
            <source>From a folder or a stick…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>De una carpeta o una memoria USB…</translation>
        </message>
        <message>
            <source>From a zip or tar file…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>De un archivo zip o tar…</translation>
        </message>
        <message>
            <source>From the layer's date</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Según la fecha de la capa</translation>
        </message>
        <message>
            <source>From the layer's date ({})</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Fecha de la capa ({})</translation>
        </message>
        <message>
            <source>From the scene's date</source>
            <translation type="vanished">Según la fecha de la escena</translation>
        </message>
        <message>
            <source>GAC</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>GAC</translation>
        </message>
        <message>
            <source>GAC SYNTHETIC · batch {}</source>
            <translation type="vanished">GAC SYNTHETIC · lote {}</translation>
        </message>
        <message>
            <source>GAC can run here.</source>
            <translation type="vanished">GAC puede ejecutarse aquí.</translation>
        </message>
        <message>
            <source>GAC cannot run here: {} failed.</source>
            <translation type="vanished">GAC no puede ejecutarse aquí: falló {}.</translation>
        </message>
        <message>
            <source>GAC comes with a bundle {} itself; another one of that name would hide it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>GAC ya trae un paquete {}; otro con ese nombre lo ocultaría.</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first copy, and will hold the file and later ones to its SHA-256 {}. Compare it with the one that {} tells.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>GAC no conoce la suma de {} que da su editor: confía en esta primera copia y comparará el archivo y los siguientes con su SHA-256 {}. Compárela con la que indica {}.</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first copy, and will hold the file and later ones to its SHA-256 {}….</source>
            <translation type="vanished">GAC no conoce la suma de {} que da su editor: confía en esta primera copia y comparará el archivo y los siguientes con su SHA-256 {}….</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first download, and will hold the file and later downloads to its SHA-256 {}….</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>GAC no conoce la suma de {} que da su editor: confía en esta primera descarga y comparará el archivo y las descargas siguientes con su SHA-256 {}….</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hashes of these files: the first download is compared with the server's hashes, recorded, and trusted from then on.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>GAC no conoce las sumas de estos archivos que da su editor: la primera descarga se compara con lo que dice el servidor, se anota, y desde entonces se confía en ella.</translation>
        </message>
        <message>
            <source>GAC does not touch folders that you named yourself.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>GAC no toca lo que hay en una carpeta que usted mismo indicó.</translation>
        </message>
        <message>
            <source>GAC does not touch what comes with it, or folders that you named yourself.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>GAC no toca lo que viene con él ni lo que está en una carpeta que indicó usted.</translation>
        </message>
        <message>
            <source>GAC failed: {}</source>
            <extracomment>gac_core/cli/common.py, gac_core/worker/server.py</extracomment>
            <translation>GAC falló: {}</translation>
        </message>
        <message>
            <source>GAC failed: {}: {}.</source>
            <extracomment>gac_core/cli/commands.py</extracomment>
            <translation>GAC falló: {}: {}.</translation>
        </message>
        <message>
            <source>GAC not defined here</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>GAC no definido aquí</translation>
        </message>
        <message>
            <source>GAC reads tensors only. Ask whoever made it for a safetensors file.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>GAC solo lee tensores. Pida a su autor un archivo safetensors.</translation>
        </message>
        <message>
            <source>GAC score</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>Índice GAC</translation>
        </message>
        <message>
            <source>GAC score of opt_v{}</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Índice GAC de opt_v{}</translation>
        </message>
        <message>
            <source>GAC score {:.2f}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>Índice GAC {:.2f}.</translation>
        </message>
        <message>
            <source>GAC score, -1 to 1: how far edges run as the radar's do; 0 is chance. Real images: mean {}, 90 of 100 from {} to {}. More is not better: a copy of the radar has {}.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>Índice GAC, de -1 a 1: cuánto coinciden los bordes con los del radar; 0 es azar. Imágenes reales: media {}, 90 de cada 100 de {} a {}. Más no es mejor: una copia del radar tiene {}.</translation>
        </message>
        <message>
            <source>GAC score: how far the edges of the image and of the radar run the same way, from -1 to 1; 0 is chance. Of 44 real optical images the mean is {}, and 90 of 100 lie between {} and {}. More is not better: a copy of the radar has 0.89.</source>
            <translation type="vanished">Índice GAC: cuánto coinciden en dirección los bordes de la imagen y los del radar, de -1 a 1; 0 es azar. La media de 44 imágenes ópticas reales es {}, y 90 de cada 100 están entre {} y {}. Más no es mejor: una copia del radar tiene 0.89.</translation>
        </message>
        <message>
            <source>GAC score: how far the edges of the image and of the radar run the same way, from -1 to 1; 0 is chance. Real optical images reach about 0.45: more is not better.</source>
            <translation type="vanished">Índice GAC: cuánto coinciden en dirección los bordes de la imagen y los del radar, de -1 a 1; 0 es azar. Las imágenes ópticas reales alcanzan cerca de 0.45: más no es mejor.</translation>
        </message>
        <message>
            <source>GAC score: {}</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>Índice GAC: {}</translation>
        </message>
        <message>
            <source>GAC was updated; the models' environment still has to be.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>GAC se actualizó; el entorno de los modelos todavía no.</translation>
        </message>
        <message>
            <source>GAC's diagnostics tell what is wrong and what to do.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>El diagnóstico de GAC dice qué falla y qué hacer.</translation>
        </message>
        <message>
            <source>GAC's libraries are known to work with Python {}.</source>
            <translation type="vanished">Se sabe que las bibliotecas de GAC funcionan con Python {}.</translation>
        </message>
        <message>
            <source>GAC's worker process could not be started ({}: {}).</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC no pudo iniciarse ({}: {}).</translation>
        </message>
        <message>
            <source>GAC's worker process crashed.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC se cerró de forma inesperada.</translation>
        </message>
        <message>
            <source>GAC's worker process ended with exit status {}.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC terminó con el estado {}.</translation>
        </message>
        <message>
            <source>GAC's worker process lost the GPU.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC perdió la GPU.</translation>
        </message>
        <message>
            <source>GAC's worker process speaks protocol {}, this plugin speaks {}.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC habla el protocolo {}; este complemento habla el {}.</translation>
        </message>
        <message>
            <source>GAC's worker process was ended: it sent more than {} bytes without a line break.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Se finalizó el proceso de cálculo de GAC: envió más de {} bytes sin salto de línea.</translation>
        </message>
        <message>
            <source>GAC's worker process was not ready within {} s.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC no estuvo listo en {} s.</translation>
        </message>
        <message>
            <source>GAC's worker process was stopped, as the run was cancelled.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo de GAC se detuvo porque se canceló la ejecución.</translation>
        </message>
        <message>
            <source>GAC: check the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: comprobar el entorno</translation>
        </message>
        <message>
            <source>GAC: delete models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: borrar modelos</translation>
        </message>
        <message>
            <source>GAC: diagnostics</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>GAC: diagnóstico</translation>
        </message>
        <message>
            <source>GAC: download models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: descargar modelos</translation>
        </message>
        <message>
            <source>GAC: error details</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>GAC: qué ha fallado</translation>
        </message>
        <message>
            <source>GAC: export {}</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>GAC: exportación {}</translation>
        </message>
        <message>
            <source>GAC: export · {}</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>GAC: exportación · {}</translation>
        </message>
        <message>
            <source>GAC: files stored on this computer</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>GAC: lo que se guarda en este equipo</translation>
        </message>
        <message>
            <source>GAC: guide</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>GAC: guía</translation>
        </message>
        <message>
            <source>GAC: import models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: importar modelos</translation>
        </message>
        <message>
            <source>GAC: layers of the Sentinel-2 image</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>GAC: capas de la imagen Sentinel-2</translation>
        </message>
        <message>
            <source>GAC: list the models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: listar los modelos</translation>
        </message>
        <message>
            <source>GAC: look for GPUs</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: buscar GPU</translation>
        </message>
        <message>
            <source>GAC: look for Pythons</source>
            <translation type="vanished">GAC: buscar Python</translation>
        </message>
        <message>
            <source>GAC: models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>GAC: modelos</translation>
        </message>
        <message>
            <source>GAC: move models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: mover modelos</translation>
        </message>
        <message>
            <source>GAC: next stage in place</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>GAC: etapa siguiente en el mismo lugar</translation>
        </message>
        <message>
            <source>GAC: previous stage in place</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>GAC: etapa anterior en el mismo lugar</translation>
        </message>
        <message>
            <source>GAC: radar to optical</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>GAC: de radar a óptico</translation>
        </message>
        <message>
            <source>GAC: radar to optical (synthetic)</source>
            <extracomment>gac_qgis_plugin/processing/provider.py</extracomment>
            <translation>GAC: de radar a óptico (sintético)</translation>
        </message>
        <message>
            <source>GAC: range as another layer</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>GAC: rango como otra capa</translation>
        </message>
        <message>
            <source>GAC: remove the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>GAC: eliminar el entorno</translation>
        </message>
        <message>
            <source>GAC: set up the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>GAC: preparar el entorno</translation>
        </message>
        <message>
            <source>GAC: stored files</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>GAC: lo que se guarda</translation>
        </message>
        <message>
            <source>GAC: the models' environment</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: el entorno de los modelos</translation>
        </message>
        <message>
            <source>GAC: verify models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: verificar modelos</translation>
        </message>
        <message>
            <source>GAC: what is clear</source>
            <extracomment>gac_qgis_plugin/gui/reference_watch.py</extracomment>
            <translation>GAC: qué está despejado</translation>
        </message>
        <message>
            <source>GPU memory</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Memoria de la GPU</translation>
        </message>
        <message>
            <source>Generate optical from Sentinel-1 (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Generar imagen óptica a partir de Sentinel-1 (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Generate optical from many Sentinel-1 scenes (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Generar óptico a partir de muchas escenas Sentinel-1 (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Generate optical layers from Sentinel-1 radar (GAC)</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Generar capas ópticas a partir de radar Sentinel-1 (GAC)</translation>
        </message>
        <message>
            <source>Generate: passes per tile</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Generar: pasadas por tesela</translation>
        </message>
        <message>
            <source>Generated only; observed ones without data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Solo generados; observados sin datos</translation>
        </message>
        <message>
            <source>Generates optical bands (B02, B03, B04, B08 at 10 m) from a Sentinel-1 scene in up to three stages: opt_v1 is generated from radar by TerraMind, opt_v2 is refined by Prithvi-EO-2.0, opt_v3 is grounded in the radar again. &lt;b&gt;The pixels are SYNTHETIC: generated by models, not observed.&lt;/b&gt; The bundle 'demo' holds small models that only show how it works. An interrupted run is resumed if it is started again with the same output folder and the same parameters.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Genera bandas ópticas (B02, B03, B04, B08 a 10 m) a partir de una escena de Sentinel-1 en hasta tres etapas: TerraMind genera opt_v1 a partir del radar, Prithvi-EO-2.0 refina opt_v2 y opt_v3 se ancla de nuevo en el radar. &lt;b&gt;Los píxeles son SYNTHETIC: los generan modelos, no se han observado.&lt;/b&gt; El paquete «demo» contiene modelos pequeños que solo muestran cómo funciona. Una ejecución interrumpida continúa donde estaba si se inicia de nuevo con la misma carpeta de salida y los mismos parámetros.</translation>
        </message>
        <message>
            <source>Generates optical bands from many Sentinel-1 scenes, or from one huge one, block by block, in processes of this computer, or on the Dask scheduler that GAC's options name. Pixels are those of a single run over the same area. &lt;b&gt;They are SYNTHETIC: generated by models, not observed.&lt;/b&gt; A block that fails is a hole, and the rest is finished. Run it again with the same output folder and the same parameters to resume a batch that was stopped. The panel's Runs tab shows how far it is.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Genera bandas ópticas a partir de muchas escenas Sentinel-1, o de una enorme, bloque a bloque, en procesos de este ordenador o en el planificador de Dask indicado en las opciones de GAC. Los píxeles son los de una única ejecución sobre la misma zona. &lt;b&gt;Son SINTÉTICOS: generados por modelos, no observados.&lt;/b&gt; Un bloque que falla queda como hueco y el resto se termina. Ejecútelo de nuevo con la misma carpeta de salida y los mismos parámetros para reanudar un lote detenido. La pestaña Ejecuciones del panel muestra el avance.</translation>
        </message>
        <message>
            <source>Generates optical bands from many Sentinel-1 scenes, or from one huge one, block by block, with Dask: in processes of this computer, or on the Dask scheduler that GAC's options name. Pixels are those of a single run over the same area. &lt;b&gt;They are SYNTHETIC: generated by models, not observed.&lt;/b&gt; A block that fails is a hole, and the rest is finished. Run it again with the same output folder and the same parameters to go on with a batch that was stopped. The panel's Runs tab shows how far it is.</source>
            <translation type="vanished">Genera bandas ópticas a partir de muchas escenas Sentinel-1, o de una enorme, bloque a bloque, con Dask: en procesos de este equipo, o en el planificador de Dask que indican las opciones de GAC. Los píxeles son los de una sola ejecución sobre la misma área. &lt;b&gt;Son SYNTHETIC: generados por modelos, no observados.&lt;/b&gt; Un bloque que falla es un hueco, y el resto se termina. Ejecútelo de nuevo con la misma carpeta de salida y los mismos parámetros para seguir con un lote detenido. La pestaña Historial del panel muestra cómo va.</translation>
        </message>
        <message>
            <source>GeoTIFFs, pictures and a figure of this run</source>
            <translation type="vanished">GeoTIFF, imágenes y una figura de esta ejecución</translation>
        </message>
        <message>
            <source>GeoTIFFs, pictures, a figure</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>GeoTIFF, imágenes, una figura</translation>
        </message>
        <message>
            <source>Getting the installer (uv)…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Obteniendo el instalador (uv)…</translation>
        </message>
        <message>
            <source>Give 10·log10 of linear power, or 20·log10 of amplitude.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Dé 10·log10 de la potencia lineal, o 20·log10 de la amplitud.</translation>
        </message>
        <message>
            <source>Give PEM files with --tls-ca, --tls-cert and --tls-key.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Indique archivos PEM con --tls-ca, --tls-cert y --tls-key.</translation>
        </message>
        <message>
            <source>Give Sentinel-2's reflectance.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Dé la reflectancia de Sentinel-2.</translation>
        </message>
        <message>
            <source>Give VV and VH in dB.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Dé VV y VH en dB.</translation>
        </message>
        <message>
            <source>Give VV and VH of one scene on one grid, for example exported together.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé VV y VH de una misma escena en una misma cuadrícula, por ejemplo exportadas juntas.</translation>
        </message>
        <message>
            <source>Give VV and VH of one scene; or choose both bands yourself to use them all the same.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>Dé VV y VH de una misma escena; o elija usted mismo las dos bandas para usarlas de todos modos.</translation>
        </message>
        <message>
            <source>Give a GeoTIFF, or another raster that GDAL reads.</source>
            <translation type="vanished">Dé un GeoTIFF, u otro ráster que GDAL lea.</translation>
        </message>
        <message>
            <source>Give a GeoTIFF, or save it as one, for example with QGIS's Export, Save As.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé un GeoTIFF, o guárdelo como tal, por ejemplo con Exportar, Guardar como de QGIS.</translation>
        </message>
        <message>
            <source>Give a list of one or two paths.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Dé una lista de una o dos rutas.</translation>
        </message>
        <message>
            <source>Give a list of paths.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Dé una lista de rutas.</translation>
        </message>
        <message>
            <source>Give a mask of its clouds (a raster, 0 where it is clear, or polygons), or the product's scene classification (SCL) among its files.</source>
            <translation type="vanished">Dé una máscara de sus nubes (un ráster con 0 donde está despejado, o polígonos), o la clasificación de escena (SCL) del producto entre sus archivos.</translation>
        </message>
        <message>
            <source>Give a mask of its clouds (a raster, 0 where it is clear, or polygons), or the product's scene classification (SCL) among its files; or say that there are none.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Dé una máscara de sus nubes (un ráster, 0 donde esté despejado, o polígonos), o la clasificación de escena (SCL) del producto entre sus archivos; o indique que no hay ninguna.</translation>
        </message>
        <message>
            <source>Give a number for no data, or nan.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Dé un número para «sin datos», o nan.</translation>
        </message>
        <message>
            <source>Give a number such as -9999, or leave it empty.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>Dé un número como -9999, o déjelo vacío.</translation>
        </message>
        <message>
            <source>Give a path or a name of at most {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Dé una ruta o un nombre de {} caracteres como mucho.</translation>
        </message>
        <message>
            <source>Give a product (.SAFE), or files whose names say the bands, such as B02.tif.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Dé un producto (.SAFE), o archivos cuyo nombre diga la banda, como B02.tif.</translation>
        </message>
        <message>
            <source>Give a text file in UTF-8.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Dé un archivo de texto en UTF-8.</translation>
        </message>
        <message>
            <source>Give a whole GeoTIFF with a CRS; one that GAC made can be made again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>Dé un GeoTIFF completo con SRC; uno hecho por GAC se puede volver a hacer.</translation>
        </message>
        <message>
            <source>Give a whole GeoTIFF.</source>
            <translation type="vanished">Dé un GeoTIFF completo.</translation>
        </message>
        <message>
            <source>Give all workers the same environment.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Dé a todos los workers el mismo entorno.</translation>
        </message>
        <message>
            <source>Give an Item or an ItemCollection.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Dé un Item o una ItemCollection.</translation>
        </message>
        <message>
            <source>Give another path.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Indique otro.</translation>
        </message>
        <message>
            <source>Give at least {}.</source>
            <translation type="vanished">Dé al menos {}.</translation>
        </message>
        <message>
            <source>Give at least {}; {} is usual.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Dé al menos {}; lo habitual es {}.</translation>
        </message>
        <message>
            <source>Give at most {}, all of one date.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Dé {} como máximo, todos de una fecha.</translation>
        </message>
        <message>
            <source>Give both in the same unit, for example exported together.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>Dé ambas en la misma unidad, por ejemplo exportadas juntas.</translation>
        </message>
        <message>
            <source>Give both.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Indique ambos.</translation>
        </message>
        <message>
            <source>Give detected, calibrated backscatter: a terrain-corrected GRD or RTC product.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé retrodispersión detectada y calibrada: un producto GRD o RTC con corrección de terreno.</translation>
        </message>
        <message>
            <source>Give images of the same pixels.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Dé imágenes de los mismos píxeles.</translation>
        </message>
        <message>
            <source>Give it as 2021-07-06.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Indíquela como 2021-07-06.</translation>
        </message>
        <message>
            <source>Give it as 6GB or 800MB.</source>
            <translation type="vanished">Indíquela como 6GB u 800MB.</translation>
        </message>
        <message>
            <source>Give it as EPSG:n or as WKT.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Indíquelo como EPSG:n o como WKT.</translation>
        </message>
        <message>
            <source>Give it as four numbers, xmin ymin xmax ymax.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Indíquela con cuatro números, xmin ymin xmax ymax.</translation>
        </message>
        <message>
            <source>Give it as observed.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Déla como observed.</translation>
        </message>
        <message>
            <source>Give it as the mask, and name the values that are clear: 0, 1, 3 by USGS, 1, 4, 5 by python-fmask.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Délo como máscara e indique los valores que son despejado: 0, 1, 3 según USGS; 1, 4, 5 según python-fmask.</translation>
        </message>
        <message>
            <source>Give it as the optical image itself.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Déla como la imagen óptica.</translation>
        </message>
        <message>
            <source>Give it as xmin ymin xmax ymax with xmin &lt; xmax and ymin &lt; ymax.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>Indíquela como xmin ymin xmax ymax con xmin &lt; xmax e ymin &lt; ymax.</translation>
        </message>
        <message>
            <source>Give it as xmin,xmax,ymin,ymax [EPSG:code].</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Indíquela como xmin,xmax,ymin,ymax [EPSG:código].</translation>
        </message>
        <message>
            <source>Give its certificates with --tls-ca, --tls-cert and --tls-key, or in Dask's own configuration.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Indique sus certificados con --tls-ca, --tls-cert y --tls-key, o en la configuración del propio Dask.</translation>
        </message>
        <message>
            <source>Give latitude and longitude in degrees, or None.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Dé latitud y longitud en grados, o None.</translation>
        </message>
        <message>
            <source>Give one file with VV and VH, or the VV file and the VH file.</source>
            <extracomment>gac_core/contract/request.py, gac_core/scene/scene.py</extracomment>
            <translation>Dé un archivo con VV y VH, o el archivo VV y el archivo VH.</translation>
        </message>
        <message>
            <source>Give one of the rasters in it by GDAL's name, or in QGIS the layer of one.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé uno de sus rásteres con el nombre de GDAL, o en QGIS la capa de uno.</translation>
        </message>
        <message>
            <source>Give polygons as a GeoPackage, or a raster that is 0 where it is clear.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Dé polígonos como GeoPackage, o un ráster con 0 donde está despejado.</translation>
        </message>
        <message>
            <source>Give polygons, or a raster that is 0 where it is clear.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Dé polígonos, o un ráster con 0 donde está despejado.</translation>
        </message>
        <message>
            <source>Give the SCL as it is in the product, or another mask.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Dé la SCL tal como está en el producto, u otra máscara.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image itself.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Dé la propia imagen de Sentinel-2.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image of the radar's place, or check its CRS.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>Dé la imagen Sentinel-2 del lugar del radar, o compruebe su SRC.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image of the radar's place.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>Dé la imagen Sentinel-2 del lugar del radar.</translation>
        </message>
        <message>
            <source>Give the VV and the VH file (.img) in the .data folder beside it.</source>
            <translation type="vanished">Dé el archivo VV y el VH (.img) de la carpeta .data que está al lado.</translation>
        </message>
        <message>
            <source>Give the VV file and the VH file of one scene.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Dé el archivo VV y el archivo VH de una misma escena.</translation>
        </message>
        <message>
            <source>Give the backscatter itself, in dB, linear power or amplitude, as it was before it was normalised or scaled.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Dé la propia retrodispersión, en dB, potencia lineal o amplitud, tal como era antes de normalizarla o escalarla.</translation>
        </message>
        <message>
            <source>Give the bands themselves, as 16-bit or floating-point values.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Dé las propias bandas, con valores de 16 bits o de coma flotante.</translation>
        </message>
        <message>
            <source>Give the batch workers of one kind.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Dé al lote workers de un solo tipo.</translation>
        </message>
        <message>
            <source>Give the data that the picture was made from.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé los datos de los que se hizo la imagen.</translation>
        </message>
        <message>
            <source>Give the file itself.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé el propio archivo.</translation>
        </message>
        <message>
            <source>Give the file with the mask itself, unpacked: a raster or polygons.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Dé el propio archivo de la máscara, descomprimido: un ráster o polígonos.</translation>
        </message>
        <message>
            <source>Give the files of one date, and run once for each. If they are of one date, set it yourself.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Dé los archivos de una fecha, y ejecute una vez para cada una. Si son de una misma fecha, indíquela usted.</translation>
        </message>
        <message>
            <source>Give the files of one product, or products of one processing baseline.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Dé los archivos de un producto, o productos de una misma línea base de procesamiento.</translation>
        </message>
        <message>
            <source>Give the files of the same product that end in _VV and _VH.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Dé los archivos del mismo producto que terminan en _VV y _VH.</translation>
        </message>
        <message>
            <source>Give the folder's full path.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>Dé la ruta completa de la carpeta.</translation>
        </message>
        <message>
            <source>Give the image that it belongs to, and the mask beside it.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Dé la imagen a la que pertenece y, además, la máscara.</translation>
        </message>
        <message>
            <source>Give the image that it is for.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé la imagen a la que corresponde.</translation>
        </message>
        <message>
            <source>Give the mask that belongs to the image, or check its CRS.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Dé la máscara que corresponde a la imagen, o compruebe su SRC.</translation>
        </message>
        <message>
            <source>Give the mask that belongs to the image.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Dé la máscara que corresponde a la imagen.</translation>
        </message>
        <message>
            <source>Give the product as .SAFE, or save its bands as GeoTIFF with their coordinate system.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Dé el producto como .SAFE, o guarde sus bandas como GeoTIFF con su sistema de coordenadas.</translation>
        </message>
        <message>
            <source>Give the product itself, or a harmonised one.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Dé el propio producto, o uno armonizado.</translation>
        </message>
        <message>
            <source>Give the product's GeoTIFFs instead, those that end in _VV.tif and _VH.tif.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Dé los GeoTIFF del producto, los que terminan en _VV.tif y _VH.tif.</translation>
        </message>
        <message>
            <source>Give the rasters in it, or in QGIS the layers of them.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>Dé los rásteres que contiene, o en QGIS sus capas.</translation>
        </message>
        <message>
            <source>Give the same settings for the stages that are taken over, or begin at an earlier stage.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Dé los mismos ajustes para las etapas que se toman, o empiece en una etapa anterior.</translation>
        </message>
        <message>
            <source>Give the same settings to resume it, or choose another folder.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Dé los mismos ajustes para seguir con él, o elija otra carpeta.</translation>
        </message>
        <message>
            <source>Give the scheduler's address as tls://host:port.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Dé la dirección del planificador como tls://host:puerto.</translation>
        </message>
        <message>
            <source>Give the whole address again, with the same settings and folder.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Dé otra vez la dirección completa, con los mismos ajustes y la misma carpeta.</translation>
        </message>
        <message>
            <source>Give them as they are in Earth Engine, or name the values that are clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Délas tal como están en Earth Engine, o indique los valores que son despejado.</translation>
        </message>
        <message>
            <source>Go on from here; if it fails again, report it with the details.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Continúe desde aquí; si vuelve a fallar, infórmelo con los detalles.</translation>
        </message>
        <message>
            <source>Go on to fetch it again. If it stays so, something between you and the package index (a proxy, an antivirus, a mirror) changes files; or the wheel folder holds others.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Continúe para descargarlo de nuevo. Si sigue igual, algo entre usted y el índice de paquetes (un proxy, un antivirus, un espejo) cambia archivos; o la carpeta de wheels contiene otros.</translation>
        </message>
        <message>
            <source>Go on to try again; if it stays so, an antivirus may hold files back.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Pulse «Continuar» para intentarlo otra vez; si sigue así, quizá un antivirus retiene archivos.</translation>
        </message>
        <message>
            <source>Ground: passes per tile</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Anclar: pasadas por tesela</translation>
        </message>
        <message>
            <source>Guide only, generate all pixels</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Solo guía: generar todos los píxeles</translation>
        </message>
        <message>
            <source>HH and HV</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>HH y HV</translation>
        </message>
        <message>
            <source>Held-out places speak against its stages in {} more ways: `gac bundle check {}` lists them.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Los lugares reservados hablan contra sus etapas de {} maneras más: «gac bundle check {}» las enumera.</translation>
        </message>
        <message>
            <source>Help</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Higher than real optical images reach: look for radar speckle in the image.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Más de lo que alcanzan las imágenes ópticas reales: busque moteado del radar en la imagen.</translation>
        </message>
        <message>
            <source>Horizontal (H) or vertical (V) line</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Línea horizontal (H) o vertical (V)</translation>
        </message>
        <message>
            <source>How far to trust it</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Hasta dónde fiarse</translation>
        </message>
        <message>
            <source>Hugging Face's client was told to stay offline (HF_HUB_OFFLINE).</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Al cliente de Hugging Face se le dijo que siga sin conexión (HF_HUB_OFFLINE).</translation>
        </message>
        <message>
            <source>If VV and VH are separate files</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Si VV y VH son archivos separados</translation>
        </message>
        <message>
            <source>If another QGIS runs it, cancel it there.</source>
            <extracomment>gac_qgis_plugin/controller.py</extracomment>
            <translation>Si la ejecuta otro QGIS, cancélela allí.</translation>
        </message>
        <message>
            <source>If it happens again, choose a smaller area or the CPU, and see the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>Si vuelve a ocurrir, elija un área menor o la CPU y mire el registro «GAC».</translation>
        </message>
        <message>
            <source>If not set, the file's band names decide.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Si no se indica, deciden los nombres de banda del archivo.</translation>
        </message>
        <message>
            <source>If your organisation inspects traffic, add its certificate in QGIS's options, Authentication, Manage certificates; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Si su organización inspecciona el tráfico, añada su certificado en las opciones de QGIS, Autenticación, Gestionar certificados; después continúe.</translation>
        </message>
        <message>
            <source>If your organisation inspects traffic, add its certificate in QGIS's options, Authentication, or name it in SSL_CERT_FILE.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Si su organización inspecciona el tráfico, añada su certificado en las opciones de QGIS, Autenticación, o indíquelo en SSL_CERT_FILE.</translation>
        </message>
        <message>
            <source>If {} is in a file of its own, give both files.</source>
            <translation type="vanished">Si {} está en un archivo propio, dé ambos archivos.</translation>
        </message>
        <message>
            <source>Image</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Import</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Importar</translation>
        </message>
        <message>
            <source>Import it from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Impórtelo desde una carpeta.</translation>
        </message>
        <message>
            <source>Import one at a time: name its folder, or unpack the archive first.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Importe uno cada vez: indique su carpeta, o descomprima antes el archivo.</translation>
        </message>
        <message>
            <source>Import the bundle again from where it came.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Importe el paquete de nuevo de donde vino.</translation>
        </message>
        <message>
            <source>In addition to the file's own</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Además del propio del archivo</translation>
        </message>
        <message>
            <source>In place (B, Shift+B)</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>En el lugar (B, Mayús+B)</translation>
        </message>
        <message>
            <source>In the file manager</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>En el gestor de archivos</translation>
        </message>
        <message>
            <source>Install dask-cuda, or use one GPU with --workers 1.</source>
            <translation type="vanished">Instale dask-cuda, o use una GPU con --workers 1.</translation>
        </message>
        <message>
            <source>Install or fetch the bundle again.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Instale o descargue el paquete de nuevo.</translation>
        </message>
        <message>
            <source>Install or train it again.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Instálelo o entrénelo de nuevo.</translation>
        </message>
        <message>
            <source>Install pip (on Debian and Ubuntu: sudo apt install python3-pip), or uv {} so that it is on the PATH; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Instale pip (en Debian y Ubuntu: sudo apt install python3-pip), o uv {} de modo que esté en el PATH; después continúe.</translation>
        </message>
        <message>
            <source>Install the bundle again.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Instale el paquete otra vez.</translation>
        </message>
        <message>
            <source>Install the newest driver for it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Instale el controlador más reciente.</translation>
        </message>
        <message>
            <source>Install the package distributed for {}, or leave out --scheduler: processes of this computer need none.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Instale el paquete distributed para {} u omita --scheduler: los procesos de este ordenador no lo necesitan.</translation>
        </message>
        <message>
            <source>Install the plugin again from its zip file.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Instale de nuevo el complemento desde su archivo zip.</translation>
        </message>
        <message>
            <source>Install the plugin again.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Instale otra vez el complemento.</translation>
        </message>
        <message>
            <source>Install the same bundle for all workers; a batch that has begun keeps its own.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Instale el mismo paquete para todos los workers; un lote empezado conserva el suyo.</translation>
        </message>
        <message>
            <source>Install uv yourself, so that it is on the PATH, set an HTTP proxy in QGIS's options, Network, or install from a wheel folder.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Instale uv usted mismo de modo que esté en el PATH, configure un proxy HTTP en las opciones de QGIS, Red, o instale desde una carpeta de wheels.</translation>
        </message>
        <message>
            <source>Installed are: {}. A folder that holds a {} can be named too.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Están instalados: {}. También puede indicarse una carpeta que contenga un {}.</translation>
        </message>
        <message>
            <source>Installed packages are not whole.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Hay paquetes instalados que no están completos.</translation>
        </message>
        <message>
            <source>Installing {} packages…</source>
            <translation type="vanished">Instalando {} paquetes…</translation>
        </message>
        <message>
            <source>Installing: {} of {} packages</source>
            <translation type="vanished">Instalando: {} de {} paquetes</translation>
        </message>
        <message>
            <source>Interpolation where pixels do not coincide</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Cómo se hallan los valores donde los píxeles no coinciden</translation>
        </message>
        <message>
            <source>It can be 0 or more.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Puede ser 0 o más.</translation>
        </message>
        <message>
            <source>It can be auto, {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Puede ser auto, {}.</translation>
        </message>
        <message>
            <source>It can be true or false.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Puede ser true o false.</translation>
        </message>
        <message>
            <source>It can be {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/options.py</extracomment>
            <translation>Puede ser: {}.</translation>
        </message>
        <message>
            <source>It can be {}. {}</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>Puede ser: {}. {}</translation>
        </message>
        <message>
            <source>It cannot make environments. On Debian and Ubuntu: sudo apt install python3.{}-venv</source>
            <translation type="vanished">No puede crear entornos. En Debian y Ubuntu: sudo apt install python3.{}-venv</translation>
        </message>
        <message>
            <source>It does not work as a Python.</source>
            <translation type="vanished">No funciona como Python.</translation>
        </message>
        <message>
            <source>It has no B08: B8A, the narrow near infrared of 20 m, stands in for it.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>No tiene B08: la sustituye B8A, el infrarrojo cercano estrecho de 20 m.</translation>
        </message>
        <message>
            <source>It has {}. Give items of Sentinel-1 GRD or RTC in dual polarisation.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Tiene {}. Dé items de Sentinel-1 GRD o RTC en doble polarización.</translation>
        </message>
        <message>
            <source>It is beta0, brighter than the models know: {}.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Es beta0, más brillante de lo que conocen los modelos: {}.</translation>
        </message>
        <message>
            <source>It is nearer to the radar in time than the first one. Exchange them: the first one's clear pixels can be kept.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Está más cerca del radar en el tiempo que la primera. Intercámbielas: los píxeles despejados de la primera pueden conservarse.</translation>
        </message>
        <message>
            <source>It is of level 1C, seen through the atmosphere: bluer and hazier than what is generated. Level 2A of the same date fits better.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Es de nivel 1C, visto a través de la atmósfera: más azul y brumoso que lo generado. El nivel 2A de la misma fecha encaja mejor.</translation>
        </message>
        <message>
            <source>It is said to be of {}, which is yet to come: check its date, and this computer's.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Se dice que es de {}, que aún no ha llegado: compruebe su fecha y la de este equipo.</translation>
        </message>
        <message>
            <source>It is so dark that it seems to have been taken by night or at dusk.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Es tan oscura que parece tomada de noche o al anochecer.</translation>
        </message>
        <message>
            <source>It must be ({}, rows, columns).</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Debe ser ({}, filas, columnas).</translation>
        </message>
        <message>
            <source>It must be a multiple of 16 and at most half the size.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Debe ser un múltiplo de 16 y como máximo la mitad del tamaño.</translation>
        </message>
        <message>
            <source>It must be a number such as 0 or -9999.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Debe ser un número como 0 o -9999.</translation>
        </message>
        <message>
            <source>It must be a text: {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Debe ser un texto: {}.</translation>
        </message>
        <message>
            <source>It must be an integer from {} to {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/options.py</extracomment>
            <translation>Debe ser un número entero, de {} a {}.</translation>
        </message>
        <message>
            <source>It must be integers from 0 to {}, or ranges such as 0-40 and 0.6-1, with commas between them.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Deben ser enteros de 0 a {}, o rangos como 0-40 y 0.6-1, separados por comas.</translation>
        </message>
        <message>
            <source>It must be integers from 0 to {}, with commas between them.</source>
            <translation type="vanished">Deben ser enteros de 0 a {}, separados por comas.</translation>
        </message>
        <message>
            <source>It needs {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Necesita {}.</translation>
        </message>
        <message>
            <source>It seems to be of {}, not of Sentinel-2: its bands and colours differ.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Parece ser de {}, no de Sentinel-2: sus bandas y colores son otros.</translation>
        </message>
        <message>
            <source>It should hold what peft's save_pretrained wrote, as safetensors.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Debe contener lo que escribió save_pretrained de peft, como safetensors.</translation>
        </message>
        <message>
            <source>It takes some {:.1f} GB while it is made, {:.1f} GB are free. Make room, or choose another folder.</source>
            <extracomment>gac_qgis_plugin/environment/plan.py</extracomment>
            <translation>Ocupa unos {:.1f} GB mientras se crea; hay {:.1f} GB libres. Haga sitio, o elija otra carpeta.</translation>
        </message>
        <message>
            <source>It takes {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Admite {}.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Copy or fetch it again.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Se dañó o se reemplazó. Cópielo o descárguelo de nuevo.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Copy the whole folder again, or train again.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Se dañó o se sustituyó. Copie de nuevo toda la carpeta, o entrene de nuevo.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Fetch or install it again.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Se dañó o se sustituyó. Descárguelo o instálelo de nuevo.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Fetch, install or train it again.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Se dañó o se reemplazó. Descárguelo, instálelo o entrénelo otra vez.</translation>
        </message>
        <message>
            <source>It was trained on another model; the bundle's card names which.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Se entrenó sobre otro modelo; la ficha del paquete dice cuál.</translation>
        </message>
        <message>
            <source>Its brightest hundredths are {} DN, as over water alone: if it shows land, its scale is another. Save it as reflectance from 0 to 1, and give that.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Su centésima más brillante está en {} DN, como sobre agua sola: si muestra tierra, la escala es otra. Guárdela como reflectancia de 0 a 1 y dé esa.</translation>
        </message>
        <message>
            <source>Its clear pixels are kept, or guide; only the rest is generated</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Sus píxeles despejados se conservan, o guían; solo se genera el resto</translation>
        </message>
        <message>
            <source>Its clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Sus nubes</translation>
        </message>
        <message>
            <source>Its files stay</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Sus archivos se conservan</translation>
        </message>
        <message>
            <source>Its files were moved or deleted.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Sus archivos se movieron o se borraron.</translation>
        </message>
        <message>
            <source>Its name or tags have several dates ({}), as those of composites do: set its date yourself if it is of one.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Su nombre o sus etiquetas tienen varias fechas ({}), como las composiciones: indique usted la fecha si es de una sola.</translation>
        </message>
        <message>
            <source>Its stages were not kept (Advanced).</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>No se conservaron sus etapas (Avanzado).</translation>
        </message>
        <message>
            <source>Keep clear pixels of the same days; let images of other days guide</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Conservar píxeles despejados de los mismos días; las imágenes de otros días solo guían</translation>
        </message>
        <message>
            <source>Keep clear pixels, generate the others</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Conservar los píxeles despejados, generar los demás</translation>
        </message>
        <message>
            <source>Keep stages</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Conservar etapas</translation>
        </message>
        <message>
            <source>Keep stages for running again</source>
            <translation type="vanished">Conservar etapas para otra ejecución</translation>
        </message>
        <message>
            <source>Keep the token in QGIS, encrypted</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Guardar el token en QGIS, cifrado</translation>
        </message>
        <message>
            <source>Keep this image's clear pixels and generate the others from radar</source>
            <extracomment>gac_qgis_plugin/gui/fill_action.py</extracomment>
            <translation>Conservar los píxeles despejados de esta imagen y generar los demás a partir de radar</translation>
        </message>
        <message>
            <source>Keeps what stages 2 and 3 read, 96 bytes per pixel, so that another run can begin at stage 2 or 3 (Runs, Run again)</source>
            <translation type="vanished">Conserva lo que leen las etapas 2 y 3, 96 bytes por píxel, para que otra ejecución pueda empezar en la etapa 2 o 3 (Historial, Repetir)</translation>
        </message>
        <message>
            <source>Kind</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Kind of radar</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Tipo de radar</translation>
        </message>
        <message>
            <source>Layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Capa</translation>
        </message>
        <message>
            <source>Layers or files; of a product as a folder (.SAFE) the folder, by Add Directory…, or the file MTD_MSIL2A.xml in it.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Capas o archivos; de un producto en carpeta (.SAFE), la carpeta, con Añadir directorio…, o el archivo MTD_MSIL2A.xml que contiene.</translation>
        </message>
        <message>
            <source>Leave out --workers or --scheduler.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Omita --workers o --scheduler.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the batch is done; run the same command again.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>No toque la carpeta hasta que el lote termine; ejecute de nuevo la misma orden.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the run is done, and run again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>No toque la carpeta hasta que termine la ejecución, y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the run is done, and run again: damaged parts are computed again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>No toque la carpeta hasta que termine la ejecución, y ejecute de nuevo: lo dañado se vuelve a calcular.</translation>
        </message>
        <message>
            <source>Leave them</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Dejarlos</translation>
        </message>
        <message>
            <source>Leaves out the layer's polygons that are not selected</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Deja fuera los polígonos de la capa que no están seleccionados</translation>
        </message>
        <message>
            <source>Leaves out the surroundings: faster for small areas, but pixels near the edge differ</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Omite los alrededores: más rápido en áreas pequeñas, pero los píxeles del borde difieren</translation>
        </message>
        <message>
            <source>Left of the line, or above it</source>
            <translation type="vanished">A la izquierda de la línea, o encima</translation>
        </message>
        <message>
            <source>Left or above</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Izquierda o arriba</translation>
        </message>
        <message>
            <source>Lens</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Lupa</translation>
        </message>
        <message>
            <source>Letters, digits, '.', '_' and '-' only. Do not use a part unless you know its maker.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Solo letras, cifras, «.», «_» y «-». No use una parte a menos que sepa quién la hizo.</translation>
        </message>
        <message>
            <source>Level</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Nivel</translation>
        </message>
        <message>
            <source>Libraries</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Bibliotecas</translation>
        </message>
        <message>
            <source>Line {} of {} names {} files.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>La línea {} de {} nombra {} archivos.</translation>
        </message>
        <message>
            <source>Linear power</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Potencia lineal</translation>
        </message>
        <message>
            <source>Lists the environment, models, runs and settings with their sizes; asks first</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Muestra el entorno, los modelos, las ejecuciones y los ajustes con su tamaño; pregunta antes</translation>
        </message>
        <message>
            <source>Loading the models of {}</source>
            <extracomment>gac_core/engine/doubt_map.py, gac_core/engine/pipeline.py</extracomment>
            <translation>Cargando los modelos: {}</translation>
        </message>
        <message>
            <source>Loading the models of {} for the processor</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Cargando los modelos para el procesador: {}</translation>
        </message>
        <message>
            <source>Looked in:</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Se buscó en:</translation>
        </message>
        <message>
            <source>Looking for GPUs on this machine…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Buscando las GPU de este equipo…</translation>
        </message>
        <message>
            <source>Looking for Pythons on this machine…</source>
            <translation type="vanished">Buscando Python en este equipo…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Buscando un Python…</translation>
        </message>
        <message>
            <source>Looking for models…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Buscando modelos…</translation>
        </message>
        <message>
            <source>Looking…</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Buscando…</translation>
        </message>
        <message>
            <source>Made with</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Creado con</translation>
        </message>
        <message>
            <source>Make it with `make env` in GAC's source folder (see README), and choose its Python in the GAC panel under Advanced, Worker Python.</source>
            <translation type="vanished">Créelo con «make env» en la carpeta del código de GAC (véase README) y elija su Python en el panel GAC, en Avanzado, Python.</translation>
        </message>
        <message>
            <source>Make room before a run.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Haga sitio antes de una ejecución.</translation>
        </message>
        <message>
            <source>Make room, and run the same command again: what is complete stays.</source>
            <translation type="vanished">Libere espacio y ejecute de nuevo la misma orden: lo completo se conserva.</translation>
        </message>
        <message>
            <source>Make room, or choose another folder, and go on: what was fetched is kept.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Haga sitio, o elija otra carpeta, y continúe: lo descargado se conserva.</translation>
        </message>
        <message>
            <source>Making the environment's Python…</source>
            <translation type="vanished">Creando el Python del entorno…</translation>
        </message>
        <message>
            <source>Mangroves</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Manglares</translation>
        </message>
        <message>
            <source>Map of the adversary's doubt in stage {}: orange as one in twenty places of real images, purple more than any. No probability of error.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Mapa de la duda del adversario sobre la etapa {}: naranja como en uno de cada veinte lugares de imágenes reales, violeta más que en ninguno. No es una probabilidad de error.</translation>
        </message>
        <message>
            <source>Map of what stage {} changed: red brighter, blue darker</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Mapa de lo que cambió la etapa {}: rojo más claro, azul más oscuro</translation>
        </message>
        <message>
            <source>Map of where stage {} contradicts the radar: red as an image of another place, blue as real images, see-through where the radar cannot tell</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Mapa de dónde la etapa {} contradice al radar: rojo como una imagen de otro lugar, azul como las imágenes reales, transparente donde el radar no lo dice</translation>
        </message>
        <message>
            <source>Margin</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Margen</translation>
        </message>
        <message>
            <source>Margin around clouds in pixels</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Margen alrededor de las nubes en píxeles</translation>
        </message>
        <message>
            <source>Mark as SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Marcar como SYNTHETIC</translation>
        </message>
        <message>
            <source>Mark generated maps as SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Marcar los mapas generados como SYNTHETIC</translation>
        </message>
        <message>
            <source>Mean, for larger pixels</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Media, para píxeles mayores</translation>
        </message>
        <message>
            <source>Measured speed of this computer: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Lo rápido que fue este equipo: {}</translation>
        </message>
        <message>
            <source>Mediterranean Forests, Woodlands &amp; Scrub</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques, arboledas y matorrales mediterráneos</translation>
        </message>
        <message>
            <source>Memory</source>
            <extracomment>gac_core/doctor.py, gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Memoria</translation>
        </message>
        <message>
            <source>Memory is enough for {} of {} workers: each may take {}, and {} are free.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>La memoria basta para {} de {} workers: cada uno puede ocupar {}, y hay {} libres.</translation>
        </message>
        <message>
            <source>Model</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Paquete de modelos</translation>
        </message>
        <message>
            <source>Model bundles</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Paquetes de modelos</translation>
        </message>
        <message>
            <source>Models</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Models already live in {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Los modelos ya están en {}.</translation>
        </message>
        <message>
            <source>Models live in {} from now on.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Desde ahora los modelos están en {}.</translation>
        </message>
        <message>
            <source>Models: list, download, import, delete</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Modelos: lo que hay, descargar, importar, borrar</translation>
        </message>
        <message>
            <source>Models: {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Modelos: {}</translation>
        </message>
        <message>
            <source>Models…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Modelos…</translation>
        </message>
        <message>
            <source>Montane Grasslands &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Pastizales y matorrales de montaña</translation>
        </message>
        <message>
            <source>Month</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Mes</translation>
        </message>
        <message>
            <source>Month and biome</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Mes y bioma</translation>
        </message>
        <message>
            <source>Month {}; biome {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Mes {}; bioma {}</translation>
        </message>
        <message>
            <source>Most of it lies under snow: what is generated beside it may not.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>La mayor parte está bajo la nieve: lo que se genera al lado quizá no.</translation>
        </message>
        <message>
            <source>Most often memory is too small: give workers more (--memory), or use fewer.</source>
            <translation type="vanished">Casi siempre falta memoria: dé más a los workers (--memory), o use menos.</translation>
        </message>
        <message>
            <source>Most often memory is too small: use fewer workers, and run the same command again.</source>
            <translation type="vanished">Casi siempre falta memoria: use menos procesos y ejecute el mismo comando de nuevo.</translation>
        </message>
        <message>
            <source>Most often memory is too small: use fewer workers, or computers with more.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Casi siempre falta memoria: use menos workers u ordenadores con más memoria.</translation>
        </message>
        <message>
            <source>Move it away, or choose another name.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Muévalo a otro lugar, o elija otro nombre.</translation>
        </message>
        <message>
            <source>Move it away.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Muévalo a otro lugar.</translation>
        </message>
        <message>
            <source>Move that away first.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Quite eso de ahí antes.</translation>
        </message>
        <message>
            <source>Move that away, or choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Mueva eso a otro sitio, o elija otra carpeta con --out.</translation>
        </message>
        <message>
            <source>Move the file elsewhere, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Mueva el archivo a otro lugar, o elija otra carpeta de salida.</translation>
        </message>
        <message>
            <source>Move the folder back to where it was, or start the run anew.</source>
            <translation type="vanished">Devuelva la carpeta a su lugar, o inicie la ejecución de nuevo.</translation>
        </message>
        <message>
            <source>Move the models in {}?</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>¿Qué se hace con los modelos en {}?</translation>
        </message>
        <message>
            <source>Move the mouse over the run's area on the map.</source>
            <translation type="vanished">Mueva el ratón sobre el área de la ejecución en el mapa.</translation>
        </message>
        <message>
            <source>Move them</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Moverlos</translation>
        </message>
        <message>
            <source>Move: they are copied to {} and then deleted here. Leave: they stay here and GAC no longer sees them.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Si se mueven, se copian a {} y luego se borran aquí. Si se dejan, se quedan aquí y GAC ya no los ve.</translation>
        </message>
        <message>
            <source>Move…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Mover…</translation>
        </message>
        <message>
            <source>My certificate</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Mi certificado</translation>
        </message>
        <message>
            <source>My key</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Mi clave</translation>
        </message>
        <message>
            <source>NDVI</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>NDVI</translation>
        </message>
        <message>
            <source>NDVI has a range of its own: -0.2 to 0.9</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>El NDVI tiene su propio rango: de -0.2 a 0.9</translation>
        </message>
        <message>
            <source>NVIDIA GPU (CUDA)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>GPU NVIDIA (CUDA)</translation>
        </message>
        <message>
            <source>Name</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Name a CPython {}, or none: then one is found or fetched.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>Indique un CPython {}, o ninguno: entonces se encuentra o se descarga uno.</translation>
        </message>
        <message>
            <source>Name a folder for the results.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Indique una carpeta para los resultados.</translation>
        </message>
        <message>
            <source>Name a folder or pattern with files that end in {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Indique una carpeta o un patrón con archivos que terminen en {}.</translation>
        </message>
        <message>
            <source>Name all of them in file order; - stands for any that is no band.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Nómbrelas todas en el orden del archivo; - está por lo que no es una banda.</translation>
        </message>
        <message>
            <source>Name its bands yourself, in file order, such as B02,B03,B04,B08; - stands for any other.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Nombre usted las bandas, en el orden del archivo, como B02,B03,B04,B08; - está por cualquier otra.</translation>
        </message>
        <message>
            <source>Name one as {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Indíquelo como {}.</translation>
        </message>
        <message>
            <source>Name one, beside the radar.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>Indique una, además del radar.</translation>
        </message>
        <message>
            <source>Name the bundle that it was trained on (--base; --bundle in trainings), or train it on this one.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Indique el paquete sobre el que se entrenó (--base; --bundle en entrenamientos), o entrénela sobre este.</translation>
        </message>
        <message>
            <source>Name the file.</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>Indique el archivo.</translation>
        </message>
        <message>
            <source>Name the folder of the bundle itself.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Indique la carpeta del paquete mismo.</translation>
        </message>
        <message>
            <source>Name the folder or the archive that holds the models.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Indique la carpeta o el archivo comprimido que contiene los modelos.</translation>
        </message>
        <message>
            <source>Name the folder that a training left (its best or last), or train again.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Indique la carpeta que dejó un entrenamiento (su best o last), o entrene de nuevo.</translation>
        </message>
        <message>
            <source>Name the folder that training.train_stage{} left.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Indique la carpeta que dejó training.train_stage{}.</translation>
        </message>
        <message>
            <source>Name the one with the clouds: {}</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Indique la que tiene las nubes: {}</translation>
        </message>
        <message>
            <source>Name the output folder of a run that was interrupted.</source>
            <extracomment>gac_core/cli/commands.py</extracomment>
            <translation>Indique la carpeta de salida de una ejecución interrumpida.</translation>
        </message>
        <message>
            <source>Name the output folder of a run.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Indique la carpeta de salida de una ejecución.</translation>
        </message>
        <message>
            <source>Name the scores.json that training.evaluate wrote.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Indique el scores.json que escribió training.evaluate.</translation>
        </message>
        <message>
            <source>Name the values of the mask that are clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Indique los valores de la máscara que son despejado.</translation>
        </message>
        <message>
            <source>Name the values that are clear as a range, such as 0-40 of a probability of clouds in percent, or 0.6-1 of a score that is 1 where it is clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Indique los valores que son despejado como un rango, por ejemplo 0-40 de una probabilidad de nubes en porcentaje, o 0.6-1 de una puntuación que vale 1 donde está despejado.</translation>
        </message>
        <message>
            <source>Name the values that are clear, such as 1.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Indique los valores que son despejado, por ejemplo 1.</translation>
        </message>
        <message>
            <source>Name the values that are clear: 1 if the mask marks what is clear, else 0.</source>
            <translation type="vanished">Indique los valores que son despejado: 1 si la máscara marca lo despejado; si no, 0.</translation>
        </message>
        <message>
            <source>Name the values that are clear: 1 if the mask marks what is clear; 0 if it does not, as where snow lies beside shadows.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Indique los valores que son despejado: 1 si la máscara marca lo despejado; 0 si no, por ejemplo donde hay nieve junto a sombras.</translation>
        </message>
        <message>
            <source>Name the values that are clear; of a scene classification (SCL) these are {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Indique los valores que son despejado; en una clasificación de escena (SCL) son {}.</translation>
        </message>
        <message>
            <source>Name them so in the file's band descriptions, or give a file of just these four.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Nómbrelas así en las descripciones de banda del archivo, o dé un archivo con solo esas cuatro.</translation>
        </message>
        <message>
            <source>Name {} if it is clear; if it is not, save the mask with 0 where it is clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Indique {} si es despejado; si no, guarde la máscara con 0 donde esté despejado.</translation>
        </message>
        <message>
            <source>Nearest: values as they are</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Vecino más próximo: valores sin cambio</translation>
        </message>
        <message>
            <source>New run instead</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Mejor una ejecución nueva</translation>
        </message>
        <message>
            <source>No Dask scheduler answers at {}: {}.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Ningún planificador de Dask responde en {}: {}.</translation>
        </message>
        <message>
            <source>No GPU was found that PyTorch can use here (NVIDIA, or AMD on Linux): GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>No se encontró ninguna GPU que PyTorch pueda usar aquí (NVIDIA, o AMD en Linux): GAC calcula en el procesador.</translation>
        </message>
        <message>
            <source>No NVIDIA GPU was found: GAC computes on the processor.</source>
            <translation type="vanished">No se encontró ninguna GPU NVIDIA: GAC calcula en el procesador.</translation>
        </message>
        <message>
            <source>No Python was found here. Install Python 3.11 and look again, or name one.</source>
            <translation type="vanished">No se encontró Python aquí. Instale Python 3.11 y busque de nuevo, o indique uno.</translation>
        </message>
        <message>
            <source>No Sentinel-2 image was given.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>No se indicó ninguna imagen Sentinel-2.</translation>
        </message>
        <message>
            <source>No band has values below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Ninguna banda tiene valores menores que {}</translation>
        </message>
        <message>
            <source>No band has values below {}: an offset of {} DN is taken off. Choose 0 if it gets too dark.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Ninguna banda tiene valores menores que {}: se resta un desplazamiento de {} DN. Elija 0 si queda demasiado oscura.</translation>
        </message>
        <message>
            <source>No clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Sin nubes</translation>
        </message>
        <message>
            <source>No data</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Sin datos</translation>
        </message>
        <message>
            <source>No fitting Python was found, and none could be fetched.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>No se encontró ningún Python adecuado, y no se pudo descargar ninguno.</translation>
        </message>
        <message>
            <source>No map here shows images of GAC without a mark.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Aquí ningún mapa muestra imágenes de GAC sin marca.</translation>
        </message>
        <message>
            <source>No offset should be in the values ({}), but no band has any below {}: choose an offset of {} if it looks hazy.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Los valores no deberían llevar desplazamiento ({}), pero ninguna banda los tiene menores que {}: elija un desplazamiento de {} si se ve brumosa.</translation>
        </message>
        <message>
            <source>No output folder was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>No se indicó ninguna carpeta de salida.</translation>
        </message>
        <message>
            <source>No pixel of the optical image is clear: it changes nothing, all is generated.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Ningún píxel de la imagen óptica está despejado: no cambia nada, se genera todo.</translation>
        </message>
        <message>
            <source>No radar layer is chosen.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>No hay ninguna capa de radar elegida.</translation>
        </message>
        <message>
            <source>No radar was given.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>No se indicó ningún radar.</translation>
        </message>
        <message>
            <source>No results yet. Run GAC, or open a run in Runs.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Aún no hay resultados. Ejecute GAC, o abra una ejecución en «Historial».</translation>
        </message>
        <message>
            <source>No runs yet.</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Aún no hay ejecuciones.</translation>
        </message>
        <message>
            <source>No runs yet. Runs are listed here once started.</source>
            <translation type="vanished">Aún no hay ejecuciones. Aquí se listarán las iniciadas.</translation>
        </message>
        <message>
            <source>No stage is chosen.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>No se ha elegido ninguna etapa.</translation>
        </message>
        <message>
            <source>No token was given.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>No se dio ningún token.</translation>
        </message>
        <message>
            <source>No {} was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Falta indicar: {}.</translation>
        </message>
        <message>
            <source>Nobody vouches that {} is the file of {}: {} alone will use it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Nadie garantiza que {} sea el archivo de {}: solo {} lo usará.</translation>
        </message>
        <message>
            <source>Nodata</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Sin datos</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Valor nodata</translation>
        </message>
        <message>
            <source>Nodata value (empty: as the file says)</source>
            <translation type="vanished">Valor sin datos (vacío: el del archivo)</translation>
        </message>
        <message>
            <source>None of the {} polygons in {} lies here: all counts as clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Ninguno de los {} polígonos de {} está aquí: todo se considera despejado.</translation>
        </message>
        <message>
            <source>None of the {} scenes can be computed. {}</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>No se puede calcular ninguna de las {} escenas. {}</translation>
        </message>
        <message>
            <source>Not everything in {} could be deleted.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>No se pudo borrar todo lo que hay en {}.</translation>
        </message>
        <message>
            <source>Not ready.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>No está listo.</translation>
        </message>
        <message>
            <source>Note: {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Nota: {}.</translation>
        </message>
        <message>
            <source>Notes on these models</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Notas sobre estos modelos</translation>
        </message>
        <message>
            <source>Nothing names the files: {}, the stronger one, is taken as VV.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Nada nombra los archivos: {}, el más fuerte, se toma como VV.</translation>
        </message>
        <message>
            <source>Nothing to compare: no pixel {} px away from all nodata, or an image without any edges.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Nada que comparar: ningún píxel está a {} px de todo lo que no tiene datos, o la imagen no tiene bordes.</translation>
        </message>
        <message>
            <source>OBSERVED: Sentinel-2's own pixels; those that GAC generated are left out.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>OBSERVED: píxeles del propio Sentinel-2; se omiten los que generó GAC.</translation>
        </message>
        <message>
            <source>Observed and generated pixels</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Píxeles observados y generados</translation>
        </message>
        <message>
            <source>Observed only; generated ones without data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Solo observados; generados sin datos</translation>
        </message>
        <message>
            <source>Observed pixels are Sentinel-2's own; blended ones are generated.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Los píxeles observados son del propio Sentinel-2; los mezclados son generados.</translation>
        </message>
        <message>
            <source>Offset</source>
            <extracomment>gac_core/optical/reflectance.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Desplazamiento</translation>
        </message>
        <message>
            <source>Offset of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Desplazamiento de Sentinel-2</translation>
        </message>
        <message>
            <source>On held-out places {} is better than {} in {}, but no better than {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados {} es mejor que {} en {}, pero no mejor que {}.</translation>
        </message>
        <message>
            <source>On held-out places {} is undefined for {} of {} images, and defined in the stage before.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados, {} no está definido para {} de {} imágenes, y sí en la etapa anterior.</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than in the stage before: {} after {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados, {} es peor que en la etapa anterior: {} tras {}.</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than {} in {} by {} (95% interval {} to {}, {} images).</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados {} es peor que {} en {} por {} (intervalo del 95 %: de {} a {}, {} imágenes).</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than {} in {} by {} on the only image.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados, {} es peor que {} en {}, por {} en la única imagen.</translation>
        </message>
        <message>
            <source>On held-out places {} may be worse than in the stage before: {} after {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados, {} quizá sea peor que en la etapa anterior: {} tras {}.</translation>
        </message>
        <message>
            <source>On held-out places {} may be worse than {} in {}: by {} on the mean of {} images, but the 95% interval of that, {} to {}, holds 0.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>En lugares reservados {} puede ser peor que {} en {}: por {} en la media de {} imágenes, pero su intervalo del 95 %, de {} a {}, contiene 0.</translation>
        </message>
        <message>
            <source>On held-out places {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>On held-out places {}.</translation>
        </message>
        <message>
            <source>One file, or one each for VV and VH</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Un archivo, o uno para VV y otro para VH</translation>
        </message>
        <message>
            <source>One of TerraMind's two kinds of radar</source>
            <translation type="vanished">Cuál de los dos tipos de radar de TerraMind es este</translation>
        </message>
        <message>
            <source>One: generate</source>
            <translation type="vanished">Una: solo generar</translation>
        </message>
        <message>
            <source>Only an Intel GPU was found. PyTorch has a build for some of them (XPU), but GAC does not compute on it: PyTorch for the processor is enough.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Solo hay una GPU Intel. PyTorch tiene una variante para algunas (XPU), pero GAC no calcula en ella: basta PyTorch para el procesador.</translation>
        </message>
        <message>
            <source>Only for models that ask for permission. It is never logged or written in clear.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Solo para modelos que piden permiso. Nunca se registra ni se escribe en claro.</translation>
        </message>
        <message>
            <source>Only stage {}, {}</source>
            <translation type="vanished">Solo la etapa {}, {}</translation>
        </message>
        <message>
            <source>Only stage {}, {}: {}</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Solo la etapa {}, {}: {}</translation>
        </message>
        <message>
            <source>Only what it covers, in units of its CRS</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Solo lo que cubre, en unidades de su SRC</translation>
        </message>
        <message>
            <source>Open</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Open GAC's panel and press the button beside this message; or name the Python of an environment of your own there under Advanced, Worker Python.</source>
            <translation type="vanished">Abra el panel GAC y pulse el botón junto a este mensaje; o indique allí, en Avanzado, Python, el Python de un entorno propio.</translation>
        </message>
        <message>
            <source>Open Sentinel-1 files</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Abrir archivos Sentinel-1</translation>
        </message>
        <message>
            <source>Open a Sentinel-1 file with VV and VH.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Abra un archivo Sentinel-1 con VV y VH.</translation>
        </message>
        <message>
            <source>Open a Sentinel-1 file…</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Abrir un archivo Sentinel-1…</translation>
        </message>
        <message>
            <source>Open folder</source>
            <extracomment>gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Abrir carpeta</translation>
        </message>
        <message>
            <source>Open the demo scene</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Abrir la escena de demostración</translation>
        </message>
        <message>
            <source>Opens the guide: the meaning of pixels and settings</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>Abre la guía: qué son los píxeles, qué significan los ajustes</translation>
        </message>
        <message>
            <source>Opens the window that sets up the Python environment of GAC's models.</source>
            <translation type="vanished">Abre la ventana que prepara el entorno de Python de los modelos de GAC.</translation>
        </message>
        <message>
            <source>Optical bands</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Bandas ópticas</translation>
        </message>
        <message>
            <source>Optical date</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Fecha óptica</translation>
        </message>
        <message>
            <source>Or choose another build of PyTorch, e.g. the package index's.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>O elija otra variante de PyTorch, p. ej. la del índice de paquetes.</translation>
        </message>
        <message>
            <source>Or use the processor.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>O use el procesador.</translation>
        </message>
        <message>
            <source>Other date</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Otra fecha</translation>
        </message>
        <message>
            <source>Other date: {}</source>
            <extracomment>gac_core/optical/reference.py, gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>Otra fecha: {}</translation>
        </message>
        <message>
            <source>Other files in the folder stay.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Los demás archivos de la carpeta se quedan.</translation>
        </message>
        <message>
            <source>Other users of this computer can write to {}, where Dask's own files would lie, and could have GAC's workers run their programs.</source>
            <translation type="vanished">Otros usuarios de este equipo pueden escribir en {}, donde estarían los archivos propios de Dask, y podrían hacer que los workers de GAC ejecuten sus programas.</translation>
        </message>
        <message>
            <source>Other users of {} can write to {}, where the worker keeps its files, and could have it run their programs.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Otros usuarios de {} pueden escribir en {}, donde el worker guarda sus archivos, y podrían hacer que ejecute sus programas.</translation>
        </message>
        <message>
            <source>Output folder</source>
            <extracomment>gac_qgis_plugin/gui/dock.py, gac_qgis_plugin/processing/batch.py, gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Carpeta de salida</translation>
        </message>
        <message>
            <source>Override</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Si no es correcto</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED, demo: clear pixels kept, the rest SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>PARTLY OBSERVED, demo: resto SYNTHETIC</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: clear pixels kept, the rest SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>PARTLY OBSERVED: despejado, resto SYNTHETIC</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: {} of the pixels are Sentinel-2's (1 in {}), all others are SYNTHETIC: generated, not observed.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>PARTLY OBSERVED: el {} de los píxeles son de Sentinel-2 (1 en {}), todos los demás son SYNTHETIC: generados, no observados.</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: {} of the pixels are Sentinel-2's; all others are SYNTHETIC, generated by models from radar.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>PARTLY OBSERVED: el {} de los píxeles son de Sentinel-2; todos los demás son SYNTHETIC, generados por modelos a partir de radar.</translation>
        </message>
        <message>
            <source>Pack it without --half.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Empaquételo sin --half.</translation>
        </message>
        <message>
            <source>Packages from</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Paquetes de</translation>
        </message>
        <message>
            <source>Pause</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Paused. Downloaded data is kept; Continue resumes.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Parado. Lo descargado se conserva; Continuar sigue desde ahí.</translation>
        </message>
        <message>
            <source>Pixel</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Píxel</translation>
        </message>
        <message>
            <source>Pixel spacing</source>
            <extracomment>gac_core/optical/reference.py, gac_core/scene/decisions.py</extracomment>
            <translation>Píxel</translation>
        </message>
        <message>
            <source>Pixels</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Píxeles</translation>
        </message>
        <message>
            <source>Pixels are resampled: values are not those of the result.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Los píxeles se remuestrean: los valores no son los del resultado.</translation>
        </message>
        <message>
            <source>Pixels near {} saw nodata there: these failed.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>Los píxeles cerca de {} vieron allí valores nulos: estos fallaron.</translation>
        </message>
        <message>
            <source>Pixels stay as they are: nothing is resampled.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Los píxeles quedan como están: nada se remuestrea.</translation>
        </message>
        <message>
            <source>Pixels whose centre lies in one of its polygons are kept.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Se conservan los píxeles cuyo centro está en uno de sus polígonos.</translation>
        </message>
        <message>
            <source>Planetary Computer</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>Planetary Computer</translation>
        </message>
        <message>
            <source>Plug in the disk that it is on, or choose another folder: `gac models folder`, or Models in QGIS.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Conecte el disco en que está, o elija otra carpeta: `gac models folder`, o Modelos en QGIS.</translation>
        </message>
        <message>
            <source>Point at the run on the map.</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py</extracomment>
            <translation>Señale la ejecución en el mapa.</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Capa de polígonos</translation>
        </message>
        <message>
            <source>Preview: click on the map to compute the tile there with the settings above. 1, 2, 3 choose the stage, B the next one, Escape ends.</source>
            <translation type="vanished">Vista previa: haga clic en el mapa y la tesela de ese lugar pasa por las etapas con los ajustes de arriba. 1, 2, 3 eligen la etapa, B la siguiente, Escape termina.</translation>
        </message>
        <message>
            <source>Preview: starting…</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Vista previa: iniciando…</translation>
        </message>
        <message>
            <source>Previews left by a crash: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Vistas previas que dejó un cierre inesperado: {}</translation>
        </message>
        <message>
            <source>Prithvi has {} blocks, of which {} are not some</source>
            <extracomment>gac_core/networks/prithvi.py</extracomment>
            <translation>Prithvi tiene {} bloques; {} de ellos no es posible</translation>
        </message>
        <message>
            <source>Prithvi-EO-2.0 600M (IBM/NASA), for training stage 2</source>
            <extracomment>resources/bundles/prithvi-600M/bundle.json</extracomment>
            <translation>Prithvi-EO-2.0 600M (IBM/NASA), para entrenar la etapa 2</translation>
        </message>
        <message>
            <source>Processes of this computer</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>Procesos de este ordenador</translation>
        </message>
        <message>
            <source>Processes of this computer (0: as many as fit)</source>
            <translation type="vanished">Procesos de este equipo (0: los que quepan)</translation>
        </message>
        <message>
            <source>Processor (CPU)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Procesador (CPU)</translation>
        </message>
        <message>
            <source>Profile</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Perfil</translation>
        </message>
        <message>
            <source>Put it back, or add the layer to the project again.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Devuélvalo a su lugar, o añada la capa otra vez al proyecto.</translation>
        </message>
        <message>
            <source>Put it back, or choose other stages.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Devuélvala a su lugar, o elija otras etapas.</translation>
        </message>
        <message>
            <source>Put it back, or export all pixels.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Devuélvalo a su lugar, o exporte todos los píxeles.</translation>
        </message>
        <message>
            <source>Put it back, or remove its layer and run again.</source>
            <extracomment>gac_qgis_plugin/gui/compare/session.py</extracomment>
            <translation>Devuélvalo a su lugar, o elimine su capa y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Put it back, or run again with the new one.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Devuélvalo a su lugar, o ejecute de nuevo con el nuevo.</translation>
        </message>
        <message>
            <source>Put it back, or run again.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Devuélvalo a su lugar, o ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Put its bundle back as it was, or run again.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Restaure su paquete como estaba, o ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Put its files back, or add them to the project.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Devuelva sus archivos a su lugar, o añádalos al proyecto.</translation>
        </message>
        <message>
            <source>Put its files back, or resume it if it is unfinished.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Devuelva sus archivos, o continúela si está inacabada.</translation>
        </message>
        <message>
            <source>Put its wheel there: {}</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Ponga ahí su wheel: {}</translation>
        </message>
        <message>
            <source>Put that file back in its place, or build the virtual raster again.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Devuelva ese archivo a su lugar, o construya otra vez el ráster virtual.</translation>
        </message>
        <message>
            <source>Put that folder beside it, or export the product as GeoTIFF.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Ponga esa carpeta al lado, o exporte el producto como GeoTIFF.</translation>
        </message>
        <message>
            <source>Put the whole file back, or run again.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Devuelva el archivo completo, o ejecute de nuevo.</translation>
        </message>
        <message>
            <source>PyTorch</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>PyTorch</translation>
        </message>
        <message>
            <source>PyTorch finds no NVIDIA GPU</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>PyTorch no encuentra ninguna GPU NVIDIA</translation>
        </message>
        <message>
            <source>PyTorch finds none.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>PyTorch no encuentra ninguna.</translation>
        </message>
        <message>
            <source>PyTorch for Apple silicon. GAC computes on its processor cores.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch para Apple silicon. GAC calcula en los núcleos de su procesador.</translation>
        </message>
        <message>
            <source>PyTorch is not made for Macs with Intel processors any more.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch ya no se hace para Mac con procesadores Intel.</translation>
        </message>
        <message>
            <source>PyTorch needs a 64-bit system; this is {}.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch necesita un sistema de 64 bits; este es {}.</translation>
        </message>
        <message>
            <source>PyTorch needs macOS {} or newer.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch necesita macOS {} o más reciente.</translation>
        </message>
        <message>
            <source>PyTorch needs the ordinary CPython.</source>
            <translation type="vanished">PyTorch necesita el CPython normal.</translation>
        </message>
        <message>
            <source>PyTorch with CUDA {}: {} with driver {} and {:.0f} GiB can use it.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch con CUDA {}: {} con controlador {} y {:.0f} GiB puede usarlo.</translation>
        </message>
        <message>
            <source>PyTorch with ROCm: an AMD GPU (target {}) can use it.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch con ROCm: una GPU AMD (objetivo {}) puede usarlo.</translation>
        </message>
        <message>
            <source>PyTorch {} could not be chosen.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>No se pudo elegir PyTorch {}.</translation>
        </message>
        <message>
            <source>PyTorch's libraries cannot be loaded.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>No se pueden cargar las bibliotecas de PyTorch.</translation>
        </message>
        <message>
            <source>Python of the models' environment</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Python del entorno de los modelos</translation>
        </message>
        <message>
            <source>QA60</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>QA60</translation>
        </message>
        <message>
            <source>QA60 is empty for this date</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>QA60 está vacía en esta fecha</translation>
        </message>
        <message>
            <source>QGIS cannot read the result {}.</source>
            <extracomment>gac_qgis_plugin/layers.py</extracomment>
            <translation>QGIS no puede leer el resultado {}.</translation>
        </message>
        <message>
            <source>QGIS cannot read {} as a raster.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>QGIS no puede leer {} como ráster.</translation>
        </message>
        <message>
            <source>QGIS cannot read {}.</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/gui/reference_watch.py, gac_qgis_plugin/maps.py, gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>QGIS no puede leer {}.</translation>
        </message>
        <message>
            <source>QGIS removes the plugin only, not these files. Remove here what you do not want to keep, then uninstall GAC in the plugin manager.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>QGIS solo elimina el complemento; de esto no sabe nada. Elimine aquí lo que no quiera conservar y desinstale después GAC en el administrador de complementos.</translation>
        </message>
        <message>
            <source>QGIS's certificates cannot be handed on: {}.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>No se pueden pasar los certificados de QGIS: {}.</translation>
        </message>
        <message>
            <source>Quick</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Rápido</translation>
        </message>
        <message>
            <source>Quick: without surroundings</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Rápido: sin alrededores</translation>
        </message>
        <message>
            <source>Radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py, gac_qgis_plugin/gui/lens.py, gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Radar</translation>
        </message>
        <message>
            <source>Radar (Sentinel-1)</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Radar (Sentinel-1)</translation>
        </message>
        <message>
            <source>Radar files or folders, one per line</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Archivos o carpetas, uno por línea</translation>
        </message>
        <message>
            <source>Radar files, folders, patterns (*.tif), lists (.txt) or STAC items (.json), one per line</source>
            <translation type="vanished">Archivos de radar, carpetas, patrones (*.tif), listas (.txt) o items STAC (.json), uno por línea</translation>
        </message>
        <message>
            <source>Radar for the eye: red VV, green VH, blue VV/VH. Measure in the radar itself.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Radar para la vista: rojo VV, verde VH, azul VV/VH. Mida en el propio radar.</translation>
        </message>
        <message>
            <source>Radar layer (Sentinel-1 VV and VH, or VV)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Capa de radar (Sentinel-1 VV y VH, o VV)</translation>
        </message>
        <message>
            <source>Radar layers (Sentinel-1), one scene each</source>
            <translation type="vanished">Capas de radar (Sentinel-1), una escena cada una</translation>
        </message>
        <message>
            <source>Radar layers, one scene each</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Capas de radar, una escena cada una</translation>
        </message>
        <message>
            <source>Radar look</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Vista de radar</translation>
        </message>
        <message>
            <source>Radar look (GAC)</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Vista de radar (GAC)</translation>
        </message>
        <message>
            <source>Radar look: VV in grey by its dB, and above it VV, VH and VV/VH in red, green and blue. The former style stays in the layer's list of styles.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Vista de radar: VV en gris según sus dB, y encima VV, VH y VV/VH en rojo, verde y azul. El estilo anterior queda en la lista de estilos de la capa.</translation>
        </message>
        <message>
            <source>Radar, area, month, biome, seed and the steps of stage 1 stay.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Radar, área, mes, bioma, semilla y los pasos de la etapa 1 se mantienen.</translation>
        </message>
        <message>
            <source>Radar, area, seed and its steps stay.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Radar, área, semilla y sus pasos se mantienen.</translation>
        </message>
        <message>
            <source>Radar: {}</source>
            <extracomment>gac_qgis_plugin/results.py</extracomment>
            <translation>Radar: {}</translation>
        </message>
        <message>
            <source>Range</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Rango</translation>
        </message>
        <message>
            <source>Range of all stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Rango de todas las etapas</translation>
        </message>
        <message>
            <source>Range of new results</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Rango de los resultados nuevos</translation>
        </message>
        <message>
            <source>Reading the Sentinel-2 image…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Leyendo la imagen Sentinel-2…</translation>
        </message>
        <message>
            <source>Reading the scene…</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Leyendo la escena…</translation>
        </message>
        <message>
            <source>Reading what is clear</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>Leyendo qué está despejado</translation>
        </message>
        <message>
            <source>Reading: {} of {} packages</source>
            <translation type="vanished">Leyendo: {} de {} paquetes</translation>
        </message>
        <message>
            <source>Reads every file and compares its hash</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Lee cada archivo y compara su suma</translation>
        </message>
        <message>
            <source>Real optical images reach {} on average; unrelated ones 0.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Las imágenes ópticas reales alcanzan {} de media; las de otros lugares, 0.</translation>
        </message>
        <message>
            <source>Recognise</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Reconocer</translation>
        </message>
        <message>
            <source>Record of the run</source>
            <translation type="vanished">Registro de la ejecución</translation>
        </message>
        <message>
            <source>Record of the run (run.json)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Informe de la ejecución (run.json)</translation>
        </message>
        <message>
            <source>Rectangle: draw, layer or type</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Rectángulo: dibujar, capa o escribir</translation>
        </message>
        <message>
            <source>Reflectance by wavelength, backscatter in dB</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py</extracomment>
            <translation>Reflectancia por longitud de onda, retrodispersión en dB</translation>
        </message>
        <message>
            <source>Reflectance of each stage by wavelength, and the radar's backscatter in dB.</source>
            <translation type="vanished">Reflectancia de cada etapa por longitud de onda, y la retrodispersión del radar en dB.</translation>
        </message>
        <message>
            <source>Reflectance {} to {} in every run: runs can be compared by eye</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Reflectancia de {} a {} en cada ejecución: las ejecuciones se pueden comparar a simple vista</translation>
        </message>
        <message>
            <source>Reflectance × 10000, uint16 (as the result)</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Reflectancia × 10000, uint16 (como el resultado)</translation>
        </message>
        <message>
            <source>Reflectance, float32</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Reflectancia, float32</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Quitar de la lista</translation>
        </message>
        <message>
            <source>Remove it yourself, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Elimínelo usted mismo, o elija otra carpeta de salida.</translation>
        </message>
        <message>
            <source>Remove it, or copy the file alone to another folder.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Elimínelo, o copie solo el archivo a otra carpeta.</translation>
        </message>
        <message>
            <source>Remove it, or copy the files that hold the values to another folder.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Elimínelo, o copie a otra carpeta los archivos que contienen los valores.</translation>
        </message>
        <message>
            <source>Remove it, or copy the radar file alone to another folder.</source>
            <translation type="vanished">Elimínelo, o copie solo el archivo de radar a otra carpeta.</translation>
        </message>
        <message>
            <source>Remove it: GDAL reads it together with the radar file.</source>
            <translation type="vanished">Elimínelo: GDAL lo lee junto con el archivo de radar.</translation>
        </message>
        <message>
            <source>Remove it: GDAL reads it together with the raster.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Elimínelo: GDAL lo lee junto con el ráster.</translation>
        </message>
        <message>
            <source>Remove kept stages</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Eliminar etapas conservadas</translation>
        </message>
        <message>
            <source>Remove kept stages ({})</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Eliminar etapas conservadas ({})</translation>
        </message>
        <message>
            <source>Remove stored files…</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Eliminar lo que GAC guarda en este equipo…</translation>
        </message>
        <message>
            <source>Remove that variable, or do not start QGIS with it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Elimine esa variable, o inicie QGIS sin ella.</translation>
        </message>
        <message>
            <source>Remove the environment and make it anew.</source>
            <translation type="vanished">Elimine el entorno y créelo de nuevo.</translation>
        </message>
        <message>
            <source>Remove the filter, and save the edits: GAC reads the file.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Quite el filtro y guarde los cambios: GAC lee el archivo.</translation>
        </message>
        <message>
            <source>Remove the link, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Elimine el enlace, o elija otra carpeta de salida.</translation>
        </message>
        <message>
            <source>Remove…</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Eliminar…</translation>
        </message>
        <message>
            <source>Removing the environment…</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Eliminando el entorno…</translation>
        </message>
        <message>
            <source>Rename it.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Cámbiele el nombre.</translation>
        </message>
        <message>
            <source>Rename one of them, and its entry in the card that names it.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Cambie el nombre de uno de ellos, y su entrada en la ficha que lo nombra.</translation>
        </message>
        <message>
            <source>Rename the file, and its entry in the card that names it.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Cambie el nombre del archivo, y su entrada en la ficha que lo nombra.</translation>
        </message>
        <message>
            <source>Rename them so that their names say VV and VH, or give the VV file first and</source>
            <translation type="vanished">Cámbieles el nombre para que diga VV y VH, o dé primero el archivo VV y</translation>
        </message>
        <message>
            <source>Rename them so that their names say VV and VH, or give the VV file first and choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Cámbieles el nombre para que diga VV y VH, o dé primero el archivo VV y elija usted mismo la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>Repair</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Reparar</translation>
        </message>
        <message>
            <source>Repair the environment: in QGIS, GAC's panel or options, Environment; in a checkout, remove .venv/.made and run `make env`.</source>
            <translation type="vanished">Repare el entorno: en QGIS, en el panel o las opciones de GAC, Entorno; en la carpeta del código, elimine .venv/.made y ejecute «make env».</translation>
        </message>
        <message>
            <source>Repair the environment: in QGIS, menu Raster, GAC, The models' environment; in a checkout, remove .venv/.made and run `make env`.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Repare el entorno: en QGIS, menú Ráster, GAC, Entorno de los modelos; en la carpeta del código, elimine .venv/.made y ejecute «make env».</translation>
        </message>
        <message>
            <source>Repair the environment; for devices: choose the CPU until it is repaired.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Repare el entorno; para los dispositivos: elija la CPU hasta que se arregle.</translation>
        </message>
        <message>
            <source>Resampling</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Remuestreo</translation>
        </message>
        <message>
            <source>Result</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Resultado</translation>
        </message>
        <message>
            <source>Resume</source>
            <extracomment>gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Resume it (gac resume), choose another folder, or remove {} to give it up.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Continúela (gac resume), elija otra carpeta, o elimine {} para abandonarla.</translation>
        </message>
        <message>
            <source>Resume with what it was begun with, choose another folder, or remove this one.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Siga con lo que se usó al empezarlo, elija otra carpeta, o elimine esta.</translation>
        </message>
        <message>
            <source>Resumes an unfinished run</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Continúa una ejecución inacabada</translation>
        </message>
        <message>
            <source>Right of the line, or below it</source>
            <translation type="vanished">A la derecha de la línea, o debajo</translation>
        </message>
        <message>
            <source>Right or below</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Derecha o abajo</translation>
        </message>
        <message>
            <source>Run</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Ejecutar</translation>
        </message>
        <message>
            <source>Run GAC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Ejecutar GAC</translation>
        </message>
        <message>
            <source>Run GAC…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Ejecutar GAC…</translation>
        </message>
        <message>
            <source>Run `make env` in {}, or make it elsewhere, and choose its Python in the GAC panel under Advanced, Worker Python.</source>
            <translation type="vanished">Ejecute «make env» en {}, o créelo en otro lugar, y elija su Python en el panel GAC, en Avanzado, Python.</translation>
        </message>
        <message>
            <source>Run again</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Repetir</translation>
        </message>
        <message>
            <source>Run again with a bundle that has one: `gac bundle check NAME` says so of stage 3.</source>
            <translation type="vanished">Ejecute de nuevo con un paquete que lo tenga: «gac bundle check NAME» lo dice en la etapa 3.</translation>
        </message>
        <message>
            <source>Run again with models that have one; the demo models do.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Ejecute de nuevo con modelos que lo tengan; los de demostración lo tienen.</translation>
        </message>
        <message>
            <source>Run again, and then ask for the spread of that run.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Ejecute de nuevo, y pida entonces la dispersión de esa ejecución.</translation>
        </message>
        <message>
            <source>Run again, and then ask for the spread.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Ejecute de nuevo y pida después la dispersión.</translation>
        </message>
        <message>
            <source>Run again, so that GAC starts a new process for it. If it happens again, update the GPU's driver or compute on the processor.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Ejecute de nuevo: GAC inicia un proceso nuevo para ello. Si vuelve a ocurrir, actualice el controlador de la GPU o calcule en el procesador.</translation>
        </message>
        <message>
            <source>Run it again into the same folder to resume.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Ejecútelo de nuevo en la misma carpeta para continuar.</translation>
        </message>
        <message>
            <source>Run it again whole, and have it keep its stages (gac run --keep).</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Repítala entera, conservando sus etapas (gac run --keep).</translation>
        </message>
        <message>
            <source>Run it again.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Ejecútelo de nuevo.</translation>
        </message>
        <message>
            <source>Run of</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Ejecución</translation>
        </message>
        <message>
            <source>Runs</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Historial</translation>
        </message>
        <message>
            <source>Runs again with other seeds and maps how far results lie apart. It understates error.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Ejecuta de nuevo con otras semillas y muestra cuánto difieren los resultados. Subestima el error.</translation>
        </message>
        <message>
            <source>Runs again with other seeds and shows how far the results lie apart. It understates error: it does not know what the model does not know.</source>
            <translation type="vanished">Ejecuta de nuevo con otras semillas y muestra cuánto difieren los resultados. Subestima el error: no sabe lo que el modelo no sabe.</translation>
        </message>
        <message>
            <source>S1GRD, not terrain-flattened</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>S1GRD, sin corrección radiométrica de terreno</translation>
        </message>
        <message>
            <source>S1RTC, terrain-flattened</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>S1RTC, con corrección radiométrica de terreno</translation>
        </message>
        <message>
            <source>SHA-256 of 64 hexadecimal digits</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>SHA-256 de 64 cifras hexadecimales</translation>
        </message>
        <message>
            <source>SNAP, like everybody</source>
            <translation type="vanished">SNAP, como todos,</translation>
        </message>
        <message>
            <source>SNAP, like everybody,</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>SNAP, como todos,</translation>
        </message>
        <message>
            <source>STAC collection of the blocks</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Colección STAC de los bloques</translation>
        </message>
        <message>
            <source>STAC item</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Ítem STAC</translation>
        </message>
        <message>
            <source>SYNTHETIC optical image generated from {}</source>
            <translation type="vanished">SYNTHETIC, imagen óptica generada a partir de {}</translation>
        </message>
        <message>
            <source>SYNTHETIC optical images generated by GAC: {}</source>
            <translation type="vanished">Imágenes ópticas SYNTHETIC generadas por GAC: {}</translation>
        </message>
        <message>
            <source>SYNTHETIC, demo: generated, not observed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>SYNTHETIC, demo: generado, no observado</translation>
        </message>
        <message>
            <source>SYNTHETIC. Doubt of the adversary in opt_v{}, 0 to 1, place by place: the share of real images' places that it believes more. Real images have 0.5 in half of their places; 1: it doubts no real place so much. It is a network's judgement, trained on the same few places as the pictures, and no probability of error.</source>
            <translation type="vanished">SYNTHETIC. Duda del adversario sobre opt_v{}, de 0 a 1, lugar por lugar: la proporción de lugares de imágenes reales en los que cree más. Las imágenes reales quedan por debajo de 0,5 en la mitad de sus lugares; 1: de ningún lugar real duda tanto. Es el juicio de una red entrenada en los mismos pocos lugares que las imágenes, y no una probabilidad de error.</translation>
        </message>
        <message>
            <source>SYNTHETIC. Generated by GAC {} with the model bundle {} ({}) from Sentinel-1 radar ({}; unit {}: {}; modality {}). Stages: {}. {}Not an observation.</source>
            <translation type="vanished">SYNTHETIC. Generado por GAC {} con el paquete {} ({}) a partir de radar Sentinel-1 ({}; unidad {}: {}; modalidad {}). Etapas: {}. {}No es una observación.</translation>
        </message>
        <message>
            <source>SYNTHETIC. Spread of {} samples (standard deviation of reflectance over seeds {}). It understates error: it does not know what the model does not know.</source>
            <translation type="vanished">SYNTHETIC. Dispersión de {} muestras (desviación típica de la reflectancia entre las semillas {}). Subestima el error: no sabe lo que el modelo no sabe.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated by models from radar, not observed by an optical sensor.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>SYNTHETIC: generado por modelos a partir de radar, no observado por un sensor óptico.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated from Sentinel-1 radar by a model. These pixels are not observations; do not measure in them what only an observation can show.</source>
            <translation type="vanished">SYNTHETIC: generado por un modelo a partir de radar Sentinel-1. Estos píxeles no son observaciones; no mida en ellos lo que solo una observación puede mostrar.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated, not observed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>SYNTHETIC: generado, no observado</translation>
        </message>
        <message>
            <source>SYNTHETIC: these images are generated, not observed.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>SYNTHETIC: estas imágenes son generadas, no observadas.</translation>
        </message>
        <message>
            <source>Same seed, same pixels</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Misma semilla, mismos píxeles</translation>
        </message>
        <message>
            <source>Same settings</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Los mismos ajustes</translation>
        </message>
        <message>
            <source>Sample {} of {}, {}</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Muestra {} de {}, {}</translation>
        </message>
        <message>
            <source>Save it again in tiles, for example with gdal_translate -co TILED=YES, on a computer with enough memory.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Guárdelo otra vez en teselas, por ejemplo con gdal_translate -co TILED=YES, en un equipo con memoria suficiente.</translation>
        </message>
        <message>
            <source>Save the band with the mask alone, and give that.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Guarde sola la banda de la máscara, y dé esa.</translation>
        </message>
        <message>
            <source>Save the layer as a GeoPackage (Export, Save Features As…) and use that layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Guarde la capa como GeoPackage (Exportar, Guardar objetos como…) y use esa capa.</translation>
        </message>
        <message>
            <source>Save the layer as a GeoTIFF (Export, Save As…, raw data) and use that layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Guarde la capa como GeoTIFF (Exportar, Guardar como…, datos brutos) y use esa capa.</translation>
        </message>
        <message>
            <source>Save the project in a folder that you may write to.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Guarde el proyecto en una carpeta en la que pueda escribir.</translation>
        </message>
        <message>
            <source>Save the radar file again without overviews.</source>
            <translation type="vanished">Guarde otra vez el archivo de radar, sin vistas generales.</translation>
        </message>
        <message>
            <source>Save the raster again without overviews.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Guarde otra vez el ráster, sin vistas generales.</translation>
        </message>
        <message>
            <source>Save them with one, as DN or reflectance.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Guárdelas con una sola, como DN o reflectancia.</translation>
        </message>
        <message>
            <source>Save what comes out of it as a GeoTIFF, and give that.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Guarde lo que sale de ahí como GeoTIFF, y délo.</translation>
        </message>
        <message>
            <source>Scale</source>
            <extracomment>gac_core/optical/reflectance.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Escala</translation>
        </message>
        <message>
            <source>Scale of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Escala de Sentinel-2</translation>
        </message>
        <message>
            <source>Scenes: {}; blocks: {} of {}; SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Escenas: {}; bloques: {} de {}; SYNTHETIC</translation>
        </message>
        <message>
            <source>Scoring 1 of {}</source>
            <translation type="vanished">Puntuando 1 de {}</translation>
        </message>
        <message>
            <source>Scoring {} of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Puntuación {} de {}</translation>
        </message>
        <message>
            <source>Season that stage 2 is told</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Estación que se dice a la etapa 2</translation>
        </message>
        <message>
            <source>See GAC's panel or options, Environment.</source>
            <translation type="vanished">Vea el panel o las opciones de GAC, Entorno.</translation>
        </message>
        <message>
            <source>See QGIS's menu Raster, GAC, The models' environment.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Vea el menú Ráster de QGIS, GAC, Entorno de los modelos.</translation>
        </message>
        <message>
            <source>Seed</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Semilla</translation>
        </message>
        <message>
            <source>Seed {}; steps {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Semilla {}; pasos {}</translation>
        </message>
        <message>
            <source>Select polygons, or choose another layer or area.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Seleccione polígonos, o elija otra capa o área.</translation>
        </message>
        <message>
            <source>Selected: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Marcado: {}</translation>
        </message>
        <message>
            <source>Sentinel Hub</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>Sentinel Hub</translation>
        </message>
        <message>
            <source>Sentinel-1 radar, VV</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Radar Sentinel-1, VV</translation>
        </message>
        <message>
            <source>Sentinel-2 of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Sentinel-2 de otra fecha</translation>
        </message>
        <message>
            <source>Sentinel-2 of the same place</source>
            <extracomment>gac_core/contract/optical_options.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Sentinel-2 del mismo lugar</translation>
        </message>
        <message>
            <source>Sentinel-2: {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Sentinel-2: {}</translation>
        </message>
        <message>
            <source>Server</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Servidor</translation>
        </message>
        <message>
            <source>Server with Hugging Face's interface; QGIS's proxy and certificates are used.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Servidor con la interfaz de Hugging Face; se usan el proxy y los certificados de QGIS.</translation>
        </message>
        <message>
            <source>Set TMPDIR to a folder that only you can write to.</source>
            <translation type="vanished">Ponga en TMPDIR una carpeta en la que solo usted pueda escribir.</translation>
        </message>
        <message>
            <source>Set an HTTP proxy in QGIS's options, Network, or import the models from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Indique un proxy HTTP en las opciones de QGIS, Red, o importe los modelos de una carpeta.</translation>
        </message>
        <message>
            <source>Set the scale yourself: 0 to 10000 (dn) or 0 to 1 (reflectance).</source>
            <translation type="vanished">Elija usted la escala: de 0 a 10000 (dn) o de 0 a 1 (reflectance).</translation>
        </message>
        <message>
            <source>Set the scale yourself: 0 to 10000 (dn), 0 to 1 (reflectance) or 0 to 65535 (uint16).</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Indique usted la escala: de 0 a 10000 (dn), de 0 a 1 (reflectance) o de 0 a 65535 (uint16).</translation>
        </message>
        <message>
            <source>Set the unit yourself if you know that it is {}. Otherwise: {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Indique usted la unidad si sabe que es {}. Si no: {}</translation>
        </message>
        <message>
            <source>Set the unit yourself: dB, linear power or amplitude.</source>
            <translation type="vanished">Indique usted la unidad: dB, potencia lineal o amplitud.</translation>
        </message>
        <message>
            <source>Set up</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Preparar</translation>
        </message>
        <message>
            <source>Sets up the Python environment of the models</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Prepara el entorno de Python de los modelos</translation>
        </message>
        <message>
            <source>Settings and the list of runs, in QGIS's settings</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Ajustes y la lista de ejecuciones, en los ajustes de QGIS</translation>
        </message>
        <message>
            <source>Several layers…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Varias capas…</translation>
        </message>
        <message>
            <source>Share of observed pixels</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Proporción de píxeles observados</translation>
        </message>
        <message>
            <source>Show each in grey, or save one of them on the grid of the other.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Muestre cada una en gris, o guarde una de ellas en la cuadrícula de la otra.</translation>
        </message>
        <message>
            <source>Show what is clear</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Mostrar lo despejado</translation>
        </message>
        <message>
            <source>Shows all of it</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>La muestra entera</translation>
        </message>
        <message>
            <source>Shows its folder in the system's file manager</source>
            <translation type="vanished">Muestra su carpeta en el gestor de archivos del sistema</translation>
        </message>
        <message>
            <source>Shows the batch on the map, with its newest blocks</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Muestra el lote en el mapa, con sus bloques más nuevos</translation>
        </message>
        <message>
            <source>Shows the run on the map</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Muestra la ejecución en el mapa</translation>
        </message>
        <message>
            <source>Show…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Mostrar…</translation>
        </message>
        <message>
            <source>Side by side</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Lado a lado</translation>
        </message>
        <message>
            <source>Side of a pixel, in the units of the CRS</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Lado de un píxel, en las unidades del SRC</translation>
        </message>
        <message>
            <source>Sigma0, from GRD</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Sigma0, de GRD</translation>
        </message>
        <message>
            <source>Simulated; comes with GAC</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Simulada; viene con GAC</translation>
        </message>
        <message>
            <source>Size</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Tamaño</translation>
        </message>
        <message>
            <source>Size must be a multiple of 32, overlap one of 16 and at most half the size.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>El tamaño debe ser múltiplo de 32; el solape, de 16 y como máximo la mitad del tamaño.</translation>
        </message>
        <message>
            <source>Skip</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Omitir</translation>
        </message>
        <message>
            <source>Smaller files; no value changes</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Archivos más pequeños; ningún valor cambia</translation>
        </message>
        <message>
            <source>Some of the optical files have an offset of 1000 DN in their values, others not.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Unos archivos ópticos llevan un desplazamiento de 1000 DN en sus valores, otros no.</translation>
        </message>
        <message>
            <source>Something unexpected happened: {}.</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>Ocurrió algo inesperado: {}.</translation>
        </message>
        <message>
            <source>Spread of samples</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Dispersión</translation>
        </message>
        <message>
            <source>Spread of {} samples; understates error (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Dispersión de {} muestras; subestima el error (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Stage 1 is taken from the run of {}: radar, area, seed and its steps stay.</source>
            <translation type="vanished">La etapa 1 se toma de la ejecución {}: radar, área, semilla y sus pasos se mantienen.</translation>
        </message>
        <message>
            <source>Stage 1 of {} is taken over.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Se toma la etapa 1 de {}.</translation>
        </message>
        <message>
            <source>Stage 2 leaves the image as it is: no trained refiner is installed.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>La etapa 2 deja la imagen como está: no hay ningún refinador entrenado instalado.</translation>
        </message>
        <message>
            <source>Stage 2 lowered the agreement with the radar from {} to {}.</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>La etapa 2 redujo la concordancia con el radar de {} a {}.</translation>
        </message>
        <message>
            <source>Stage 3 changed no pixel by more than {} reflectance</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>La etapa 3 no cambió ningún píxel en más de {} de reflectancia</translation>
        </message>
        <message>
            <source>Stage 3 changed {} of the area by more than {} reflectance, {} ({})</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>La etapa 3 cambió {} del área en más de {} de reflectancia, {} ({})</translation>
        </message>
        <message>
            <source>Stage 3 is TerraMind's zero-shot conditioning: no trained bridge is installed.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>La etapa 3 es el condicionamiento sin entrenar de TerraMind: no hay ningún puente entrenado instalado.</translation>
        </message>
        <message>
            <source>Stage 3 leaves the image as it is: its training found nothing better.</source>
            <translation type="vanished">La etapa 3 deja la imagen como está: su entrenamiento no halló nada mejor.</translation>
        </message>
        <message>
            <source>Stage {} is to be computed first, and a run to build upon was named.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>La primera etapa que calcular es la {}, y se indicó una ejecución en la que basarse.</translation>
        </message>
        <message>
            <source>Stage {} is to be computed first, and no run to build upon was named.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>La primera etapa que calcular es la {}, y no se indicó ninguna ejecución en la que basarse.</translation>
        </message>
        <message>
            <source>Stage {} lowered the agreement with the radar: {:.2f} → {:.2f}.</source>
            <translation type="vanished">La etapa {} redujo la concordancia con el radar: {:.2f} → {:.2f}.</translation>
        </message>
        <message>
            <source>Stage {} lowered the agreement: {:.2f} → {:.2f}.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>La etapa {} redujo la concordancia: {:.2f} → {:.2f}.</translation>
        </message>
        <message>
            <source>Stage {} of 3, {}: {}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>Etapa {} de 3, {}: {}.</translation>
        </message>
        <message>
            <source>Stage {} of 3: {}.</source>
            <translation type="vanished">Etapa {} de 3: {}.</translation>
        </message>
        <message>
            <source>Stage {} of the run in {} does not cover all that stage {} looks at here.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>La etapa {} de la ejecución en {} no cubre todo lo que la etapa {} mira aquí.</translation>
        </message>
        <message>
            <source>Stage {} of the run in {} was made with another {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>La etapa {} de la ejecución en {} se hizo con otros ajustes: {}.</translation>
        </message>
        <message>
            <source>Stage {} of {}, tile {} of {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Etapa {} de {}, tesela {} de {}</translation>
        </message>
        <message>
            <source>Stage {} of {}, {}: tile {} of {}</source>
            <extracomment>gac_core/progress.py</extracomment>
            <translation>Etapa {} de {}, {}: tesela {} de {}</translation>
        </message>
        <message>
            <source>Stage {} produced NaN or infinite values at row {}, column {}.</source>
            <extracomment>gac_core/tiling/mosaic.py</extracomment>
            <translation>La etapa {} dio valores que no son números en la fila {}, columna {}.</translation>
        </message>
        <message>
            <source>Stage {}, {} (SYNTHETIC)</source>
            <translation type="vanished">Etapa {}, {} (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Stages</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Etapas</translation>
        </message>
        <message>
            <source>Stages 1 and 2 are taken from the run of {}: radar, area, month, biome, seed and the steps of stage 1 stay.</source>
            <translation type="vanished">Las etapas 1 y 2 se toman de la ejecución {}: radar, área, mes, bioma, semilla y los pasos de la etapa 1 se mantienen.</translation>
        </message>
        <message>
            <source>Stages 1 and 2 of {} are taken over.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Se toman las etapas 1 y 2 de {}.</translation>
        </message>
        <message>
            <source>Start a new run from the panel.</source>
            <extracomment>gac_qgis_plugin/jobs.py</extracomment>
            <translation>Inicie la ejecución de nuevo desde el panel.</translation>
        </message>
        <message>
            <source>Start it (dask scheduler), check the address, and for tls:// the certificates.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Inícielo (dask scheduler), compruebe la dirección y, para tls://, los certificados.</translation>
        </message>
        <message>
            <source>Start it again, and run the same command: what is complete stays.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Inícielo de nuevo y ejecute la misma orden: lo completo se conserva.</translation>
        </message>
        <message>
            <source>Start workers with --local-directory in a folder that only you can write to.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Inicie los workers con --local-directory en una carpeta en la que solo usted pueda escribir.</translation>
        </message>
        <message>
            <source>Started</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Inicio</translation>
        </message>
        <message>
            <source>Starting the engine; loading its libraries takes half a minute.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Iniciando el motor; cargar sus bibliotecas tarda un poco.</translation>
        </message>
        <message>
            <source>Starting the worker; loading its libraries takes half a minute.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Se inicia el proceso de cálculo; cargar sus bibliotecas lleva un rato.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>State</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Status</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Cómo terminó</translation>
        </message>
        <message>
            <source>Steps of stage 3</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Pasos de la etapa 3</translation>
        </message>
        <message>
            <source>Steps of stage 3 (0: as the bundle needs)</source>
            <translation type="vanished">Pasos de la etapa 3 (0: los que el paquete necesita)</translation>
        </message>
        <message>
            <source>Steps of stage 3, ground: passes per tile</source>
            <translation type="vanished">Pasos de la etapa 3, anclar: pasadas por tesela</translation>
        </message>
        <message>
            <source>Steps, stage 1</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Pasos, etapa 1</translation>
        </message>
        <message>
            <source>Steps, stage 3</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Pasos, etapa 3</translation>
        </message>
        <message>
            <source>Stopped; computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Detenido; lo calculado se conserva.</translation>
        </message>
        <message>
            <source>Stored</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Se guarda</translation>
        </message>
        <message>
            <source>Style</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Estilo</translation>
        </message>
        <message>
            <source>Style of all stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Estilo de todas las etapas</translation>
        </message>
        <message>
            <source>Style of new results</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Estilo de los resultados nuevos</translation>
        </message>
        <message>
            <source>Style of the stages of new runs; each can be switched.</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>El aspecto de las etapas de las ejecuciones nuevas; cada una puede cambiarse.</translation>
        </message>
        <message>
            <source>Summary of the batch (summary.json)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Resumen del lote (summary.json)</translation>
        </message>
        <message>
            <source>Swap the two sides (X)</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Intercambiar los dos lados (X)</translation>
        </message>
        <message>
            <source>Swipe</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Cortina</translation>
        </message>
        <message>
            <source>Swipe between stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Cortina entre etapas</translation>
        </message>
        <message>
            <source>Swipe between the two on the map. Arrows move the line, X swaps the sides, Escape ends.</source>
            <translation type="vanished">Cortina entre las dos en el mapa. Las flechas mueven la línea, X intercambia, Escape termina.</translation>
        </message>
        <message>
            <source>Swipe from radar to result</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Cortina del radar al resultado</translation>
        </message>
        <message>
            <source>Swipe on the map. Arrows move the line, X swaps, Escape ends.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Cortina en el mapa. Las flechas mueven la línea, X intercambia, Escape termina.</translation>
        </message>
        <message>
            <source>System</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Sistema</translation>
        </message>
        <message>
            <source>Take that variable away, or import the models from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Quite esa variable, o importe los modelos de una carpeta.</translation>
        </message>
        <message>
            <source>Taken as no data: {}, in {} of the scene.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Tomado como sin datos: {}, en el {} de la escena.</translation>
        </message>
        <message>
            <source>Taking stage {} over from {}</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Tomando la etapa {} de {}</translation>
        </message>
        <message>
            <source>Temperate Broadleaf &amp; Mixed Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques templados de frondosas y mixtos</translation>
        </message>
        <message>
            <source>Temperate Conifer Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques templados de coníferas</translation>
        </message>
        <message>
            <source>Temperate Grasslands, Savannas &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Pastizales, sabanas y matorrales templados</translation>
        </message>
        <message>
            <source>TerraMind 1.0 base (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-base/bundle.json</extracomment>
            <translation>TerraMind 1.0 base (IBM/ESA, pesos publicados)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 large (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-large/bundle.json</extracomment>
            <translation>TerraMind 1.0 large (IBM/ESA, pesos publicados)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 small (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-small/bundle.json</extracomment>
            <translation>TerraMind 1.0 small (IBM/ESA, pesos publicados)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 tiny (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-tiny/bundle.json</extracomment>
            <translation>TerraMind 1.0 tiny (IBM/ESA, pesos publicados)</translation>
        </message>
        <message>
            <source>TerraMind knows two kinds.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>TerraMind conoce dos tipos.</translation>
        </message>
        <message>
            <source>Terrain-correct it first, for example with SNAP (Range-Doppler Terrain Correction) or with ASF HyP3's RTC.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Corrija antes el terreno, por ejemplo con SNAP (Range-Doppler Terrain Correction) o con el RTC de ASF HyP3.</translation>
        </message>
        <message>
            <source>Terrain-flattened gamma0 (RTC)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Gamma0 con corrección de terreno (RTC)</translation>
        </message>
        <message>
            <source>The Copernicus mosaic</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>El mosaico de Copernicus</translation>
        </message>
        <message>
            <source>The Dask scheduler no longer answers.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>El planificador de Dask ya no responde.</translation>
        </message>
        <message>
            <source>The GPU ran out of memory.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>La GPU se ha quedado sin memoria.</translation>
        </message>
        <message>
            <source>The GPU stopped computing: {}.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>La GPU dejó de calcular: {}.</translation>
        </message>
        <message>
            <source>The GPU's memory cannot hold the models of {}: the processor computed, which takes longer.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>La memoria de la GPU no alcanza para los modelos de {}: calculó el procesador, que tarda más.</translation>
        </message>
        <message>
            <source>The GPU's memory is too small for {}: the processor would compute, which takes longer. Choose a smaller bundle, or close what else uses the GPU.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>La memoria de la GPU es demasiado pequeña para {}: calcularía el procesador, que tarda más. Elija un paquete más pequeño, o cierre lo demás que usa la GPU.</translation>
        </message>
        <message>
            <source>The Python environment that the models run in was not found.</source>
            <translation type="vanished">No se encontró el entorno de Python en el que funcionan los modelos.</translation>
        </message>
        <message>
            <source>The Python of the environment that the models run in</source>
            <translation type="vanished">El Python del entorno en el que funcionan los modelos</translation>
        </message>
        <message>
            <source>The STAC item {} of {} has no assets vv and vh.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>El item STAC {} de {} no tiene los recursos vv y vh.</translation>
        </message>
        <message>
            <source>The adapter folder {} has no {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>En la carpeta del adaptador {} no hay {}.</translation>
        </message>
        <message>
            <source>The adapter in {} contains NaN or infinite values.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>El adaptador de {} contiene valores que no son números.</translation>
        </message>
        <message>
            <source>The adapter in {} does not fit its base model: {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>El adaptador de {} no encaja con su modelo base: {}.</translation>
        </message>
        <message>
            <source>The adapter's configuration {} is not one that GAC writes: {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>La configuración del adaptador {} no es de las que escribe GAC: {}.</translation>
        </message>
        <message>
            <source>The address {} was stored without the password or key that opens it.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>La dirección {} se anotó sin la contraseña o clave que la abre.</translation>
        </message>
        <message>
            <source>The area reaches {} km from the central meridian of UTM zone {}, in which it is computed: lengths there are {} % too large.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>El área llega a {} km del meridiano central de la zona UTM {}, en la que se calcula: allí las longitudes son un {} % demasiado grandes.</translation>
        </message>
        <message>
            <source>The area {} cannot be read.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>No se puede leer el área {}.</translation>
        </message>
        <message>
            <source>The band with VH; if not set, the file's band names decide</source>
            <translation type="vanished">La banda con VH; si no se indica, deciden los nombres del archivo</translation>
        </message>
        <message>
            <source>The band with VV; if not set, the file's band names decide</source>
            <translation type="vanished">La banda con VV; si no se indica, deciden los nombres del archivo</translation>
        </message>
        <message>
            <source>The bands chosen for VV and VH are {}: the models have never seen that polarisation, and what they make of it may be far from the truth.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Las bandas elegidas para VV y VH son {}: los modelos nunca han visto esa polarización, y lo que hagan de ella puede estar lejos de la verdad.</translation>
        </message>
        <message>
            <source>The batch ended without a result.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>El lote terminó sin decir nada.</translation>
        </message>
        <message>
            <source>The batch in {} has no layers yet.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>El lote en {} todavía no tiene capas.</translation>
        </message>
        <message>
            <source>The batch was begun on a GPU, and the worker on {} has none.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>El lote se empezó en una GPU, y el worker en {} no tiene ninguna.</translation>
        </message>
        <message>
            <source>The biome given to stage 2 (RESOLVE)</source>
            <translation type="vanished">El tipo de vegetación que se dice a la etapa 2 (RESOLVE)</translation>
        </message>
        <message>
            <source>The bundle {} has no adversary that could doubt a picture.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>El paquete {} no tiene ningún adversario que pueda dudar de una imagen.</translation>
        </message>
        <message>
            <source>The bundle {} in {} is incomplete: {} is missing.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/store/install.py</extracomment>
            <translation>El paquete {} en {} está incompleto: falta {}.</translation>
        </message>
        <message>
            <source>The bundle {} is another one on {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>El paquete {} es otro en {}.</translation>
        </message>
        <message>
            <source>The bundle {} lacks {}, which nobody publishes.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Al paquete {} le falta {}, que nadie publica.</translation>
        </message>
        <message>
            <source>The bundle {} names {}, which may hold code that runs when it is read.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>El paquete {} nombra {}, que puede contener código que se ejecuta al leerlo.</translation>
        </message>
        <message>
            <source>The bundle's blocks (side {}, seam {}) do not fit.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Los bloques del paquete (lado {}, costura {}) no encajan.</translation>
        </message>
        <message>
            <source>The bundle's card {} names a file outside the bundle, or one that no file of a bundle can have: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>La ficha del paquete {} nombra un archivo fuera del paquete, o un nombre que ningún archivo de un paquete puede tener: {}.</translation>
        </message>
        <message>
            <source>The bundle's draft has {} diffusion steps; it needs one at least.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>El borrador del paquete tiene {} pasos de difusión; necesita al menos uno.</translation>
        </message>
        <message>
            <source>The bundle's fusion is kept to a detail of {} px, too much for tiles that share {}: neighbours would disagree on the local mean.</source>
            <translation type="vanished">La fusión del paquete se limita a un detalle de {} px, demasiado para teselas que comparten {}: las vecinas discreparían en la media local.</translation>
        </message>
        <message>
            <source>The bundle's margin {} must be under half of what tiles share.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>El margen {} del paquete debe ser menor que la mitad de lo que comparten las teselas.</translation>
        </message>
        <message>
            <source>The bundle's seam {} must be at most half the block's side, {}.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>La costura {} del paquete debe ser como máximo la mitad del lado del bloque, {}.</translation>
        </message>
        <message>
            <source>The bundle's tiles cannot share {} px.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Las teselas del paquete no pueden compartir {} px.</translation>
        </message>
        <message>
            <source>The bundle's window (size {}, overlap {}) does not fit.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>La ventana del paquete (tamaño {}, solape {}) no encaja.</translation>
        </message>
        <message>
            <source>The card of {} gives no hash of {}: nobody can tell whether it is what its maker made.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>La ficha de {} no da la suma de {}: nadie puede decir si es lo que se hizo.</translation>
        </message>
        <message>
            <source>The certificate of {} is not trusted.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>No se confía en el certificado de {}.</translation>
        </message>
        <message>
            <source>The certificates for {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>No se pueden leer los certificados para {}: {}.</translation>
        </message>
        <message>
            <source>The chosen area lies outside the image.</source>
            <extracomment>gac_qgis_plugin/export/grid.py</extracomment>
            <translation>El área elegida está fuera de la imagen.</translation>
        </message>
        <message>
            <source>The chosen area lies outside the radar layer '{}'.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>El área elegida está fuera de la capa de radar «{}».</translation>
        </message>
        <message>
            <source>The colours of the picture, and of the figure</source>
            <translation type="vanished">Los colores de la imagen y de la figura</translation>
        </message>
        <message>
            <source>The colours of the picture, and of the figure, in the range of the Compare tab</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Los colores de la imagen y de la figura, en el rango de la pestaña Comparar</translation>
        </message>
        <message>
            <source>The computer ran out of memory.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>El equipo se quedó sin memoria.</translation>
        </message>
        <message>
            <source>The computer ran out of memory: {}</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>El equipo se quedó sin memoria: {}</translation>
        </message>
        <message>
            <source>The computer's memory is too small for {}: the run may be very slow or end. Close other programs, or choose a smaller bundle.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>La memoria del equipo es demasiado pequeña para {}: la ejecución puede ser muy lenta o terminar. Cierre otros programas, o elija un paquete más pequeño.</translation>
        </message>
        <message>
            <source>The disk became full while {} was fetched.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>El disco se llenó mientras se descargaba {}.</translation>
        </message>
        <message>
            <source>The disk became full.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>El disco se llenó.</translation>
        </message>
        <message>
            <source>The disk has too little room: free some, choose another output folder, or a smaller extent.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>El disco tiene poco espacio: libere algo, elija otra carpeta de salida o una extensión menor.</translation>
        </message>
        <message>
            <source>The disk is full for every worker.</source>
            <translation type="vanished">El disco está lleno para todos los workers.</translation>
        </message>
        <message>
            <source>The disk of {} has too little room: {} are needed, {} are free.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>El disco de {} tiene muy poco espacio: se necesitan {}, hay {} libres.</translation>
        </message>
        <message>
            <source>The download cannot go through a SOCKS proxy.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>La descarga no puede pasar por un proxy SOCKS.</translation>
        </message>
        <message>
            <source>The engine could not manage the models.</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>No se pudieron gestionar los modelos.</translation>
        </message>
        <message>
            <source>The environment could not be made.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>No se pudo crear el entorno.</translation>
        </message>
        <message>
            <source>The environment could not be removed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>No se pudo eliminar el entorno.</translation>
        </message>
        <message>
            <source>The environment could not be worked on: {}.</source>
            <translation type="vanished">No se pudo trabajar en el entorno: {}.</translation>
        </message>
        <message>
            <source>The environment in {} is being made already.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>El entorno en {} ya se está creando.</translation>
        </message>
        <message>
            <source>The environment is being worked on.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Se está trabajando en el entorno.</translation>
        </message>
        <message>
            <source>The environment is being worked on…</source>
            <translation type="vanished">Se está trabajando en el entorno…</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>El entorno está listo.</translation>
        </message>
        <message>
            <source>The environment was made, but does not work: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>El entorno se creó, pero no funciona: {}</translation>
        </message>
        <message>
            <source>The environment works, but not its GPU: {} ({})</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>El entorno funciona, pero la GPU no: {} ({})</translation>
        </message>
        <message>
            <source>The environment's pip does not work.</source>
            <translation type="vanished">El pip del entorno no funciona.</translation>
        </message>
        <message>
            <source>The export failed: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>La exportación falló: {}.</translation>
        </message>
        <message>
            <source>The export into {} failed: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>La exportación a {} falló: {}.</translation>
        </message>
        <message>
            <source>The export needs a folder, and a name that is not a path.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>La exportación necesita una carpeta y un nombre que no sea una ruta.</translation>
        </message>
        <message>
            <source>The export was cancelled; its files were removed.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>La exportación se canceló; no queda nada de ella.</translation>
        </message>
        <message>
            <source>The extent is {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>La extensión es {}.</translation>
        </message>
        <message>
            <source>The extent reaches beyond the scene: {} % of it lies on the scene and is computed.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>La extensión sobrepasa la escena: el {} % de ella está sobre la escena y se calcula.</translation>
        </message>
        <message>
            <source>The extent {} cannot be placed on the scene's grid (EPSG:{}).</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} no puede situarse en la cuadrícula de la escena (EPSG:{}).</translation>
        </message>
        <message>
            <source>The extent {} cannot be placed on the scene: its CRS does not reach there; {}.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} no puede situarse sobre la escena: su SRC no llega hasta allí; {}.</translation>
        </message>
        <message>
            <source>The extent {} contains a coordinate that is not finite.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} tiene un borde que no es un número.</translation>
        </message>
        <message>
            <source>The extent {} does not touch the scene: it is round {}, {}.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} no toca la escena: está alrededor de {}, {}.</translation>
        </message>
        <message>
            <source>The extent {} is empty.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} está vacía.</translation>
        </message>
        <message>
            <source>The extent's CRS {} is unknown.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>El SRC {} de la extensión es desconocido.</translation>
        </message>
        <message>
            <source>The figure cannot be drawn.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>No se puede dibujar la figura.</translation>
        </message>
        <message>
            <source>The figure {} cannot be saved.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>No se puede guardar la figura {}.</translation>
        </message>
        <message>
            <source>The file belongs to another model or version; the bundle names the right one.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo pertenece a otro modelo o versión; el paquete nombra el correcto.</translation>
        </message>
        <message>
            <source>The file is damaged or its training failed. Fetch it again.</source>
            <extracomment>gac_core/networks/adapters.py, gac_core/networks/weights.py</extracomment>
            <translation>El archivo está dañado o su entrenamiento falló. Descárguelo otra vez.</translation>
        </message>
        <message>
            <source>The file is damaged or its training failed. Train or fetch it again.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>El archivo está dañado o su entrenamiento falló. Entrénelo o descárguelo de nuevo.</translation>
        </message>
        <message>
            <source>The file may be incomplete or gone: copy or download it again.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>El archivo puede estar incompleto o haber desaparecido: cópielo o descárguelo otra vez.</translation>
        </message>
        <message>
            <source>The file name {} cannot be kept on every system.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>No todos los sistemas pueden guardar el nombre de archivo {}.</translation>
        </message>
        <message>
            <source>The file of the layer '{}' is no longer there ({}).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>El archivo de la capa «{}» ya no está ({}).</translation>
        </message>
        <message>
            <source>The file {} can no longer be read: {}.</source>
            <extracomment>gac_core/engine/provenance.py</extracomment>
            <translation>El archivo {} ya no se puede leer: {}.</translation>
        </message>
        <message>
            <source>The file {} cannot be opened: its name holds letters that are not in this system's encoding (UTF-8).</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>El archivo {} no se puede abrir: su nombre contiene letras que no están en la codificación de este sistema (UTF-8).</translation>
        </message>
        <message>
            <source>The file {} cannot be read: it is a damaged or incomplete GeoTIFF.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>El archivo {} no se puede leer: es un GeoTIFF dañado o incompleto.</translation>
        </message>
        <message>
            <source>The file {} cannot be read: {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>El archivo {} no se puede leer: {}.</translation>
        </message>
        <message>
            <source>The file {} does not exist.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>El archivo {} no existe.</translation>
        </message>
        <message>
            <source>The file {} is a link to a file that does not exist.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>El archivo {} es un enlace a un archivo que no existe.</translation>
        </message>
        <message>
            <source>The file {} is missing.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Falta el archivo {}.</translation>
        </message>
        <message>
            <source>The file {} is no longer there.</source>
            <extracomment>gac_qgis_plugin/gui/compare/session.py</extracomment>
            <translation>El archivo {} ya no está.</translation>
        </message>
        <message>
            <source>The file {} is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>El archivo {} no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>The file {} is not the one that its card names: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>El archivo {} no es el que nombra su ficha: su SHA-256 es {}…, no {}….</translation>
        </message>
        <message>
            <source>The file {} is not the one that was trained: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>El archivo {} no es el que se entrenó: su SHA-256 es {}…, no {}….</translation>
        </message>
        <message>
            <source>The file {} was changed or removed while it was being read.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>El archivo {} se modificó o se eliminó mientras se leía.</translation>
        </message>
        <message>
            <source>The files came VH first: {} is taken as VV, {} as VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Los archivos venían con VH primero: {} se toma como VV, {} como VH.</translation>
        </message>
        <message>
            <source>The folder of the models cannot be remembered in {}: {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>No se puede recordar en {} la carpeta de los modelos: {}.</translation>
        </message>
        <message>
            <source>The folder of the models, {}, cannot be written to: {}.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>No se puede escribir en la carpeta de los modelos, {}: {}.</translation>
        </message>
        <message>
            <source>The image of another date: {}</source>
            <translation type="vanished">La imagen de otra fecha: {}</translation>
        </message>
        <message>
            <source>The image {} cannot be read.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>No se puede leer la imagen {}.</translation>
        </message>
        <message>
            <source>The image {} is no longer there.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>La imagen {} ya no está.</translation>
        </message>
        <message>
            <source>The images are of different sizes: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Las imágenes tienen tamaños distintos: {}.</translation>
        </message>
        <message>
            <source>The input {} lies in the working folder of {}, which the run empties.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>La entrada {} está en la carpeta de trabajo de {}, que la ejecución vacía.</translation>
        </message>
        <message>
            <source>The installer uv could not be fetched.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>No se pudo descargar el instalador uv.</translation>
        </message>
        <message>
            <source>The installer uv could not be fetched: no Python with pip was found.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>No se pudo descargar el instalador uv: no se encontró ningún Python con pip.</translation>
        </message>
        <message>
            <source>The last stage that is computed; fewer take less time</source>
            <translation type="vanished">La última etapa que se calcula; menos tardan menos</translation>
        </message>
        <message>
            <source>The layer '{}' comes from a web map service (wms): it shows pictures, not measurements.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» viene de un servicio de mapas (wms): muestra imágenes, no medidas.</translation>
        </message>
        <message>
            <source>The layer '{}' comes from {}, which the worker cannot open.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» viene de {}, que el proceso de cálculo no puede abrir.</translation>
        </message>
        <message>
            <source>The layer '{}' does not say which coverage of which service it is.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» no dice qué cobertura de qué servicio es.</translation>
        </message>
        <message>
            <source>The layer '{}' has a filter or edits that are not saved.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» tiene un filtro o cambios sin guardar.</translation>
        </message>
        <message>
            <source>The layer '{}' has no polygon to clip to.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>La capa «{}» no tiene ningún polígono para recortar.</translation>
        </message>
        <message>
            <source>The layer '{}' is a view of the radar for the eye.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» es una vista del radar para el ojo.</translation>
        </message>
        <message>
            <source>The layer '{}' is an image that GAC generated, not observed.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» es una imagen generada por GAC, no observada.</translation>
        </message>
        <message>
            <source>The layer '{}' is an image that GAC generated, not radar.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» es una imagen generada por GAC, no radar.</translation>
        </message>
        <message>
            <source>The layer '{}' is only in QGIS's memory ({}).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» está en la memoria propia de QGIS ({}).</translation>
        </message>
        <message>
            <source>The layer '{}' needs a password that QGIS keeps; the worker does not get it.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» necesita una contraseña que guarda QGIS; el proceso de cálculo no la recibe.</translation>
        </message>
        <message>
            <source>The layer '{}' was opened with options ({}) that the worker cannot use.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>La capa «{}» se abrió con opciones propias ({}), que el proceso de cálculo no puede usar.</translation>
        </message>
        <message>
            <source>The layer {} is gone.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>La capa {} ya no está.</translation>
        </message>
        <message>
            <source>The layers below the group: the radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Lo que hay debajo del grupo: el radar</translation>
        </message>
        <message>
            <source>The lens shows some {:.0f} km: too small to see at this scale. Zoom in.</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>La lupa muestra unos {:.0f} km: demasiado pequeño a esta escala. Acerque el mapa.</translation>
        </message>
        <message>
            <source>The list {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>No se puede leer la lista {}: {}.</translation>
        </message>
        <message>
            <source>The mask {} cannot be read: {}.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>No se puede leer la máscara {}: {}.</translation>
        </message>
        <message>
            <source>The mask {} does not lie where the optical image does.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>La máscara {} no está donde está la imagen óptica.</translation>
        </message>
        <message>
            <source>The mask {} is of {}, the image of {}.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>La máscara {} es del {}, la imagen del {}.</translation>
        </message>
        <message>
            <source>The memory {} is no size.</source>
            <translation type="vanished">La memoria {} no es un tamaño.</translation>
        </message>
        <message>
            <source>The minimum of the extent {} exceeds its maximum.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>La extensión {} está invertida.</translation>
        </message>
        <message>
            <source>The modality is {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>El tipo es {}.</translation>
        </message>
        <message>
            <source>The models need VV and VH together: give a dual-polarised scene (1SDV).</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Los modelos necesitan VV y VH juntas: dé una escena de doble polarización (1SDV).</translation>
        </message>
        <message>
            <source>The models need their own Python environment; there is none yet.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Los modelos necesitan un entorno de Python propio; aún no hay ninguno.</translation>
        </message>
        <message>
            <source>The models of the run are not what is there now.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Los modelos de la ejecución no son los que hay ahora.</translation>
        </message>
        <message>
            <source>The models of this run have no adversary. Run again with models that have one.</source>
            <translation type="vanished">Los modelos de esta ejecución no tienen adversario. Ejecute de nuevo con modelos que lo tengan.</translation>
        </message>
        <message>
            <source>The models that compute</source>
            <translation type="vanished">Qué modelos calculan</translation>
        </message>
        <message>
            <source>The models'</source>
            <translation type="vanished">El de los modelos</translation>
        </message>
        <message>
            <source>The models' environment is broken: {}{}.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>El entorno de los modelos está roto: {}{}.</translation>
        </message>
        <message>
            <source>The models' environment is ready.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>El entorno de los modelos está listo.</translation>
        </message>
        <message>
            <source>The models' environment: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>El entorno de los modelos: {}</translation>
        </message>
        <message>
            <source>The models' environment…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Entorno de los modelos…</translation>
        </message>
        <message>
            <source>The models' folder {} does not exist.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>La carpeta de los modelos, {}, no está.</translation>
        </message>
        <message>
            <source>The models' folder {} is missing: plug in its disk, or choose another folder.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>La carpeta de los modelos {} no está: conecte su disco, o elija otra.</translation>
        </message>
        <message>
            <source>The month given to stage 2, as a season of the place</source>
            <translation type="vanished">El mes que se dice a la etapa 2, como estación del lugar</translation>
        </message>
        <message>
            <source>The name {} cannot be that of a bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Un paquete no puede llamarse {}.</translation>
        </message>
        <message>
            <source>The nodata value '{}' is not a number.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>El valor sin datos «{}» no es un número.</translation>
        </message>
        <message>
            <source>The optical file {} needs a password or key, which a batch does not store.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>El archivo óptico {} necesita una contraseña o clave, que un lote no guarda.</translation>
        </message>
        <message>
            <source>The optical files</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Los archivos ópticos</translation>
        </message>
        <message>
            <source>The optical files, from {} on, are of several dates: {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Los archivos ópticos, desde {}, son de varias fechas: {}.</translation>
        </message>
        <message>
            <source>The optical image</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>La imagen óptica</translation>
        </message>
        <message>
            <source>The optical image covers {} of the radar alone.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>La imagen óptica solo cubre el {} del radar.</translation>
        </message>
        <message>
            <source>The optical image is {} days from the radar, of another season.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>La imagen óptica está a {} días del radar, en otra estación.</translation>
        </message>
        <message>
            <source>The optical image is {} days from the radar, of another year.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>La imagen óptica está a {} días del radar, en otro año.</translation>
        </message>
        <message>
            <source>The optical reference lacks bands that TerraMind needs: stage 1 was computed from the radar alone, and the reference was fused in afterwards.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>A la referencia óptica le faltan bandas que TerraMind necesita: la etapa 1 se calculó solo con el radar, y la referencia se fusionó después.</translation>
        </message>
        <message>
            <source>The optical reference of {} is no longer what it was when the batch began.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>La referencia óptica de {} ya no es la que era al empezar el lote.</translation>
        </message>
        <message>
            <source>The output folder {} already has runs of this second.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>La carpeta de salida {} está llena de ejecuciones de este mismo segundo.</translation>
        </message>
        <message>
            <source>The output folder {} cannot be made: {}.</source>
            <extracomment>gac_core/engine/folder.py, gac_qgis_plugin/core/paths.py</extracomment>
            <translation>No se puede crear la carpeta de salida {}: {}.</translation>
        </message>
        <message>
            <source>The output folder {} cannot be written to.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>No se puede escribir en la carpeta de salida {}.</translation>
        </message>
        <message>
            <source>The overviews of {} are in {}, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Las vistas generales de {} están en {}, que no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>The package index cannot be reached.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>No se puede acceder al índice de paquetes.</translation>
        </message>
        <message>
            <source>The package index has no file of {what} for this Python and system.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>El índice de paquetes no tiene ningún archivo de {what} para este Python y sistema.</translation>
        </message>
        <message>
            <source>The package index's certificate is not trusted.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>El certificado del índice de paquetes no es de confianza.</translation>
        </message>
        <message>
            <source>The packages could not be built.</source>
            <translation type="vanished">No se pudieron construir los paquetes.</translation>
        </message>
        <message>
            <source>The packages could not be fetched.</source>
            <translation type="vanished">No se pudieron descargar los paquetes.</translation>
        </message>
        <message>
            <source>The packages could not be installed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>No se pudieron instalar los paquetes.</translation>
        </message>
        <message>
            <source>The part of stage {} in {} does not say on which {} it was trained.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>La parte de la etapa {} en {} no dice sobre qué {} se entrenó.</translation>
        </message>
        <message>
            <source>The part of stage {} in {} was trained on another {}: that of the bundle {} ({}…), not of {} ({}…).</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>La parte de la etapa {} en {} se entrenó sobre otro {}: el del paquete {} ({}…), no el de {} ({}…).</translation>
        </message>
        <message>
            <source>The part of the image that is exported</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Qué parte de la imagen se exporta</translation>
        </message>
        <message>
            <source>The part {} lies in {}, which is replaced.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>La parte {} está en {}, que se sustituye.</translation>
        </message>
        <message>
            <source>The path contains a null byte.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Una ruta contiene un byte nulo, que ningún nombre puede tener.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: another version of GAC wrote it.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>No se puede leer el plan {}: lo escribió otra versión de GAC.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: it is damaged, or another version of GAC wrote it.</source>
            <translation type="vanished">No se puede leer el plan {}: está dañado, o lo escribió otra versión de GAC.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>No se puede leer el plan {}: {}.</translation>
        </message>
        <message>
            <source>The plugin in {} is incomplete: gac_core or resources are missing.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>El complemento en {} está incompleto: faltan gac_core o resources.</translation>
        </message>
        <message>
            <source>The polygons {} are not on this computer.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Los polígonos {} no están en este equipo.</translation>
        </message>
        <message>
            <source>The position of {} contains values that are not finite.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>La posición de {} contiene valores que no son números.</translation>
        </message>
        <message>
            <source>The processor or graphics card that computes; a graphics card is many times faster</source>
            <translation type="vanished">Lo que calcula; una tarjeta gráfica es muchas veces más rápida</translation>
        </message>
        <message>
            <source>The project was closed meanwhile; its files are in {}.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>El proyecto se cerró mientras tanto; sus archivos están en {}.</translation>
        </message>
        <message>
            <source>The proxy did not let the download through.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>El proxy no dejó pasar la descarga.</translation>
        </message>
        <message>
            <source>The proxy did not let the installer through.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>El proxy no dejó pasar al instalador.</translation>
        </message>
        <message>
            <source>The radar beside the image, with scale bar and mark</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>El radar junto a la imagen, con barra de escala y marca</translation>
        </message>
        <message>
            <source>The radar file is no longer the one that the run read.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>El archivo de radar ya no es el que leyó la ejecución.</translation>
        </message>
        <message>
            <source>The radar file was changed while it was being read.</source>
            <translation type="vanished">El archivo de radar cambió mientras se leía.</translation>
        </message>
        <message>
            <source>The radar file {} can no longer be read: {}.</source>
            <translation type="vanished">El archivo de radar {} ya no se puede leer: {}.</translation>
        </message>
        <message>
            <source>The radar file {} cannot be opened: its name holds letters that are not in this system's encoding (UTF-8).</source>
            <translation type="vanished">El archivo de radar {} no se puede abrir: su nombre contiene letras que no están en la codificación de este sistema (UTF-8).</translation>
        </message>
        <message>
            <source>The radar file {} cannot be read: it is a damaged or incomplete GeoTIFF.</source>
            <translation type="vanished">El archivo de radar {} no se puede leer: es un GeoTIFF dañado o incompleto.</translation>
        </message>
        <message>
            <source>The radar file {} cannot be read: {}.</source>
            <translation type="vanished">El archivo de radar {} no se puede leer: {}.</translation>
        </message>
        <message>
            <source>The radar file {} does not exist.</source>
            <translation type="vanished">El archivo de radar {} no existe.</translation>
        </message>
        <message>
            <source>The radar file {} is a link to a file that does not exist.</source>
            <translation type="vanished">El archivo de radar {} es un enlace a un archivo que no existe.</translation>
        </message>
        <message>
            <source>The radar file {} is not a file but a pipe or a device.</source>
            <translation type="vanished">El archivo de radar {} no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>The radar file {} was changed or removed while it was being read.</source>
            <translation type="vanished">El archivo de radar {} se modificó o se eliminó mientras se leía.</translation>
        </message>
        <message>
            <source>The radar files (sar) are {}.</source>
            <translation type="vanished">Los archivos de radar (sar) son {}.</translation>
        </message>
        <message>
            <source>The radar has no valid pixel.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>El radar no tiene ningún píxel válido.</translation>
        </message>
        <message>
            <source>The radar holds no measurement in the area: all {} x {} pixels of it are nodata.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>El radar no contiene ninguna medida en el área: sus {} x {} píxeles están todos sin datos.</translation>
        </message>
        <message>
            <source>The radar is {}, and the models of bundle {} know {} only.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>El radar es {}, y los modelos del paquete {} solo conocen {}.</translation>
        </message>
        <message>
            <source>The radar of this run no longer exists: {}.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>El radar de esta ejecución ya no está: {}.</translation>
        </message>
        <message>
            <source>The radar of {} is no longer what it was when the batch began.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>El radar de {} ya no es el que era al empezar el lote.</translation>
        </message>
        <message>
            <source>The radar {} cannot be read for the figure.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>No se puede leer el radar {} para la figura.</translation>
        </message>
        <message>
            <source>The radar's address has a password or key, which GAC writes into no file.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>La dirección del radar tiene una contraseña o clave, que GAC no escribe en ningún archivo.</translation>
        </message>
        <message>
            <source>The radar's values lie around {}: they are not in dB.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Los valores del radar rondan {}: no están en dB.</translation>
        </message>
        <message>
            <source>The radar: calibrated, geocoded backscatter, VV and VH</source>
            <translation type="vanished">El radar: retrodispersión calibrada y geocodificada, VV y VH</translation>
        </message>
        <message>
            <source>The range that a raster layer of the project has now, one for all bands</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>El rango que tiene ahora una capa ráster del proyecto, uno para todas las bandas</translation>
        </message>
        <message>
            <source>The rectangle is invalid.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>El rectángulo no es válido.</translation>
        </message>
        <message>
            <source>The rectangle of the area cannot be read.</source>
            <translation type="vanished">No se puede leer el rectángulo del área.</translation>
        </message>
        <message>
            <source>The request cannot be understood: {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>No se entiende la solicitud: {}.</translation>
        </message>
        <message>
            <source>The request has unknown settings: {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>La solicitud tiene ajustes desconocidos: {}.</translation>
        </message>
        <message>
            <source>The request is not a set of named values but {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>La solicitud no es un conjunto de valores con nombre, sino {}.</translation>
        </message>
        <message>
            <source>The result would replace the input {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>El resultado reemplazaría la entrada {}.</translation>
        </message>
        <message>
            <source>The run could not be monitored: {}.</source>
            <extracomment>gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>No se pudo supervisar la ejecución: {}.</translation>
        </message>
        <message>
            <source>The run in {} cannot be shown.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>No se puede mostrar la ejecución en {}.</translation>
        </message>
        <message>
            <source>The run in {} did not keep its stage {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>La ejecución en {} no conservó su etapa {}.</translation>
        </message>
        <message>
            <source>The run in {} has no images.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>La ejecución en {} no tiene imágenes.</translation>
        </message>
        <message>
            <source>The run in {} has no stage {}.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>La ejecución en {} no tiene etapa {}.</translation>
        </message>
        <message>
            <source>The run in {} has no undamaged files of its stage {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Lo que la ejecución en {} conservó de su etapa {} está dañado o ya no está.</translation>
        </message>
        <message>
            <source>The run in {} is in progress.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>La ejecución en {} está en marcha.</translation>
        </message>
        <message>
            <source>The run in {} is not complete.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>La ejecución en {} no está completa.</translation>
        </message>
        <message>
            <source>The run is done; its files are SYNTHETIC.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>La ejecución ha terminado; sus archivos son SYNTHETIC.</translation>
        </message>
        <message>
            <source>The run is done; its layers are SYNTHETIC.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>La ejecución ha terminado; sus capas son SYNTHETIC.</translation>
        </message>
        <message>
            <source>The run that is displayed</source>
            <translation type="vanished">Qué ejecución del proyecto se mira</translation>
        </message>
        <message>
            <source>The run to look at</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>La ejecución que se mira</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>La ejecución se canceló.</translation>
        </message>
        <message>
            <source>The run was cancelled; finished stages are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>La ejecución se canceló; las etapas terminadas se conservan.</translation>
        </message>
        <message>
            <source>The run was stopped before anything was computed.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>La ejecución se detuvo antes de calcular nada.</translation>
        </message>
        <message>
            <source>The run was stopped; computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>La ejecución se detuvo; lo calculado se conserva.</translation>
        </message>
        <message>
            <source>The run would replace the one that it takes stages from, in {}.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>La ejecución reemplazaría aquella de la que toma etapas, en {}.</translation>
        </message>
        <message>
            <source>The same seed gives the same pixels at the same place.</source>
            <translation type="vanished">La misma semilla da los mismos píxeles en el mismo lugar.</translation>
        </message>
        <message>
            <source>The same settings, or with changes</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Los mismos ajustes, o con cambios</translation>
        </message>
        <message>
            <source>The scene has {} m pixels: it is resampled to 10 m, but detail finer than that is not in it.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>La escena tiene píxeles de {} m: se remuestrea a 10 m, pero no contiene detalles más finos.</translation>
        </message>
        <message>
            <source>The scheduler at {} does not answer any more.</source>
            <translation type="vanished">El planificador en {} ya no responde.</translation>
        </message>
        <message>
            <source>The scheduler at {} takes encrypted connections only.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>El planificador en {} solo acepta conexiones cifradas.</translation>
        </message>
        <message>
            <source>The scores in {} are those of another bundle: none of its files is {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Las puntuaciones de {} son de otro paquete: ninguno de sus archivos es {}.</translation>
        </message>
        <message>
            <source>The server may have stopped answering, or the access has expired: try again, or download the file.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>El servidor puede haber dejado de responder, o el acceso ha caducado: inténtelo otra vez, o descargue el archivo.</translation>
        </message>
        <message>
            <source>The set-up of the models' environment was not finished.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>La preparación del entorno de los modelos se inició y no se terminó.</translation>
        </message>
        <message>
            <source>The size of the run, in pixels of 10 m</source>
            <translation type="vanished">Lo que calcula una ejecución, en píxeles de 10 m</translation>
        </message>
        <message>
            <source>The speckle of VH is {} times as strong as that of VV: one of them may be amplitude and the other power. Give both in the same unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>El moteado de VH es {} veces el de VV: quizá uno sea amplitud y el otro potencia. Dé ambos en la misma unidad.</translation>
        </message>
        <message>
            <source>The stages could not be kept for other runs: {}</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>No se pudieron conservar las etapas para otras ejecuciones: {}</translation>
        </message>
        <message>
            <source>The sun stood {} degrees above the horizon: shadows hide much of the ground.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>El sol estaba a {} grados sobre el horizonte: las sombras ocultan gran parte del suelo.</translation>
        </message>
        <message>
            <source>The token was refused.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Se rechazó el token.</translation>
        </message>
        <message>
            <source>The trained part in {} is incomplete: {} is missing.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>La parte entrenada de {} está incompleta: falta {}.</translation>
        </message>
        <message>
            <source>The trained part's card {} names a file outside its folder, or one that not every system can store: {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>La ficha de la parte entrenada {} nombra un archivo fuera de su carpeta, o uno que no todos los sistemas pueden guardar: {}.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder could not be read. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>No se pudo leer lo que una ejecución inacabada dejó en esta carpeta. Todo se calculó de nuevo.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder could not be resumed: {} differ. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>No se pudo continuar una ejecución inacabada en esta carpeta: difieren {}. Todo se calculó de nuevo.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder is of another version of GAC. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>La ejecución inacabada de esta carpeta es de otra versión de GAC. Se ha vuelto a calcular todo.</translation>
        </message>
        <message>
            <source>The unfinished run in {} cannot be removed: a worker is at work on it, or the folder cannot be written to.</source>
            <extracomment>gac_qgis_plugin/controller.py</extracomment>
            <translation>La ejecución inacabada en {} no se puede eliminar: un proceso de cálculo trabaja en ella, o no se puede escribir en la carpeta.</translation>
        </message>
        <message>
            <source>The unfinished run in {} was begun in {}.</source>
            <translation type="vanished">La ejecución inacabada en {} se inició en {}.</translation>
        </message>
        <message>
            <source>The unfinished run's data of {} was damaged. It was computed again.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Lo que una ejecución inacabada dejó de {} estaba dañado. Se calculó de nuevo.</translation>
        </message>
        <message>
            <source>The unit is said to be {}, but the values look like {}: check it.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Se dice que la unidad es {}, pero los valores parecen {}: compruébelo.</translation>
        </message>
        <message>
            <source>The unit is {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>La unidad es {}.</translation>
        </message>
        <message>
            <source>The value {} stands in both bands of {} of the scene: if it means no data, give it as nodata.</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>El valor {} está en ambas bandas del {} de la escena: si significa que no hay datos, indíquelo como sin datos.</translation>
        </message>
        <message>
            <source>The value {} stands in {} of {} of the scene: if it means no data and not a lack of signal, give it as nodata.</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>El valor {} está en {} en el {} de la escena: si significa que no hay datos, y no falta de señal, indíquelo como sin datos.</translation>
        </message>
        <message>
            <source>The values are all positive, which is unusual in dB.</source>
            <translation type="vanished">Todos los valores son positivos, lo que es raro en dB.</translation>
        </message>
        <message>
            <source>The values are unusual for {} ({}): {}. Check the unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Los valores son inusuales para {} ({}): {}. Compruebe la unidad.</translation>
        </message>
        <message>
            <source>The variable {} says where models live: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>La variable {} dice dónde están los modelos: {}.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: it holds Python objects that may run code when they are loaded.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo de pesos {} no se puede leer: contiene objetos de Python que pueden ejecutar código al cargarse.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: it is cut short or no weight file at all.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo de pesos {} no se puede leer: está cortado o no es un archivo de pesos.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: {}.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>No se puede leer el archivo de pesos {}: {}.</translation>
        </message>
        <message>
            <source>The weight file {} contains NaN or infinite values (in {}).</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>El archivo de pesos {} contiene valores que no son números (en {}).</translation>
        </message>
        <message>
            <source>The weight file {} contains NaN or infinite values: {}.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo de pesos {} contiene valores que no son números: {}.</translation>
        </message>
        <message>
            <source>The weight file {} does not fit the model:</source>
            <translation type="vanished">El archivo de pesos {} no encaja con el modelo:</translation>
        </message>
        <message>
            <source>The weight file {} does not fit the model: {}.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo de pesos {} no encaja con el modelo: {}.</translation>
        </message>
        <message>
            <source>The weight file {} holds something other than tensors.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>El archivo de pesos {} contiene algo que no son tensores.</translation>
        </message>
        <message>
            <source>The weights {} of bundle {} are not on this machine.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Los pesos {} del paquete {} no están en este equipo.</translation>
        </message>
        <message>
            <source>The weights {} of bundle {} are not on this machine: nobody vouches that {} is the file of Hugging Face's {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Los pesos {} del paquete {} no están en este equipo: nadie garantiza que {} sea el archivo de {} de Hugging Face.</translation>
        </message>
        <message>
            <source>The wheel folder {} lacks {} of {} packages: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>A la carpeta de wheels {} le faltan {} de {} paquetes: {}</translation>
        </message>
        <message>
            <source>The worker is busy with a run: the lens works again when the run has ended.</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>El proceso de cálculo está ocupado con una ejecución: la lupa vuelve a funcionar cuando acabe.</translation>
        </message>
        <message>
            <source>The worker knows no {}.</source>
            <extracomment>gac_core/worker/server.py</extracomment>
            <translation>El proceso de cálculo no conoce {}.</translation>
        </message>
        <message>
            <source>The worker on {} does not see this batch's plan in {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>El worker en {} no ve el plan de este lote en {}.</translation>
        </message>
        <message>
            <source>The worker on {} has GAC {} and PyTorch {}; the batch was begun with {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>El worker en {} tiene GAC {} y PyTorch {}; el lote se empezó con {}.</translation>
        </message>
        <message>
            <source>The worker reported an error without a message.</source>
            <extracomment>gac_qgis_plugin/worker/protocol.py</extracomment>
            <translation>El proceso de cálculo informó de un error sin decir nada más.</translation>
        </message>
        <message>
            <source>The worker restarts with the next run. If it happens again, choose a smaller area or the CPU (Advanced, Device), and see the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>El proceso de cálculo se inicia de nuevo con la próxima ejecución. Si vuelve a ocurrir, elija un área menor o la CPU (Avanzado, Dispositivo) y mire el registro «GAC».</translation>
        </message>
        <message>
            <source>The worker was asked for a map of no stage of a run.</source>
            <translation type="vanished">Se pidió al proceso de cálculo un mapa de ninguna etapa de una ejecución.</translation>
        </message>
        <message>
            <source>The worker was asked for the spread of no run.</source>
            <translation type="vanished">Se pidió al proceso de cálculo la dispersión de ninguna ejecución.</translation>
        </message>
        <message>
            <source>The worker was sent a request of the wrong types.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>El proceso de cálculo recibió una solicitud de tipos erróneos.</translation>
        </message>
        <message>
            <source>The worker was sent something that is not a request: {}.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>El proceso de cálculo recibió algo que no es una solicitud: {}.</translation>
        </message>
        <message>
            <source>The worker's Python {}, {}, does not exist.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>El Python {} del proceso de cálculo, {}, no existe.</translation>
        </message>
        <message>
            <source>The workers that computed it ended, one after another.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Los workers que lo calculaban terminaron uno tras otro.</translation>
        </message>
        <message>
            <source>The working folder {} cannot be made: {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>No se puede crear la carpeta de trabajo {}: {}.</translation>
        </message>
        <message>
            <source>The {} are {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Dato erróneo, {}: {}.</translation>
        </message>
        <message>
            <source>The {} has a name of {} letters, which begins {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>{}: el nombre tiene {} letras y empieza por {}.</translation>
        </message>
        <message>
            <source>The {} is {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Dato erróneo, {}: {}.</translation>
        </message>
        <message>
            <source>The {} of the run is not what is there now: samples would differ by more than their seed.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Esto ya no es como en la ejecución: {}. Las muestras diferirían en algo más que la semilla.</translation>
        </message>
        <message>
            <source>The {} {} cannot be read: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>No se puede leer, {} {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} cannot be that of a bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>No vale para un paquete, {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} holds a character that no name can have.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>{} {}: contiene un carácter que ningún nombre puede tener.</translation>
        </message>
        <message>
            <source>The {} {} is incomplete or wrong: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Incompleto o erróneo, {} {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} is larger than {} MB, which none is.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Mayor de lo permitido, {} {}: más de {} MB.</translation>
        </message>
        <message>
            <source>The {} {} is not a regular file.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>No es un archivo normal, {}: {}.</translation>
        </message>
        <message>
            <source>Then run the same command again: what is complete stays.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Después ejecute de nuevo el mismo comando: lo completo se conserva.</translation>
        </message>
        <message>
            <source>Then try again.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Después inténtelo de nuevo.</translation>
        </message>
        <message>
            <source>There are no further details.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>No hay más detalles.</translation>
        </message>
        <message>
            <source>There is no Python for the environment.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>No hay ningún Python para el entorno.</translation>
        </message>
        <message>
            <source>There is no finished run in {}: its {} is missing or cannot be read.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>No hay ninguna ejecución terminada en {}: {} falta o no se puede leer.</translation>
        </message>
        <message>
            <source>There is no model bundle in {}: {} is missing.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>En {} no hay ningún paquete de modelos: falta {}.</translation>
        </message>
        <message>
            <source>There is no model bundle {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>No hay ningún paquete de modelos {}.</translation>
        </message>
        <message>
            <source>There is no polygon layer in the project.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>No hay ninguna capa de polígonos en el proyecto.</translation>
        </message>
        <message>
            <source>There is no radar layer.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>No hay ninguna capa de radar.</translation>
        </message>
        <message>
            <source>There is no result in this project yet. Start a run, or open one in Runs.</source>
            <translation type="vanished">Aún no hay resultados en este proyecto. Inicie una ejecución, o abra una en Historial.</translation>
        </message>
        <message>
            <source>There is no trained part in {}: {} is missing.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>En {} no hay ninguna parte entrenada: falta {}.</translation>
        </message>
        <message>
            <source>There is no unfinished run in {}.</source>
            <extracomment>gac_core/cli/commands.py, gac_qgis_plugin/jobs.py</extracomment>
            <translation>Ya no hay ninguna ejecución inacabada en {}.</translation>
        </message>
        <message>
            <source>There is not enough room for the environment in {}.</source>
            <extracomment>gac_qgis_plugin/environment/plan.py</extracomment>
            <translation>No hay bastante espacio para el entorno en {}.</translation>
        </message>
        <message>
            <source>These files are deleted permanently: {}.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Estos archivos se borran definitivamente: {}.</translation>
        </message>
        <message>
            <source>They go into {}; QGIS's own Python stays as it is.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Van a {}; el Python de QGIS queda como está.</translation>
        </message>
        <message>
            <source>This computer</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Este equipo</translation>
        </message>
        <message>
            <source>This computer knows no user {}, whose folder {} is to be in.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>Este equipo no conoce ningún usuario {}, en cuya carpeta debe estar {}.</translation>
        </message>
        <message>
            <source>This is a fault in GAC. Please report it with the details.</source>
            <extracomment>gac_core/worker/server.py</extracomment>
            <translation>Es un fallo de GAC. Infórmelo con los detalles.</translation>
        </message>
        <message>
            <source>This is a fault in GAC: report it.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Es un fallo de GAC: comuníquelo.</translation>
        </message>
        <message>
            <source>This is a fault of the plugin; please report it with the details.</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/export/task.py, gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>Es un fallo del complemento; infórmelo con los detalles.</translation>
        </message>
        <message>
            <source>This machine</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Este equipo</translation>
        </message>
        <message>
            <source>This run</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Esta ejecución</translation>
        </message>
        <message>
            <source>This run did not keep its stages (Run, Advanced, Keep stages).</source>
            <translation type="vanished">Esta ejecución no conservó sus etapas (Ejecutar, Avanzado, Conservar etapas).</translation>
        </message>
        <message>
            <source>This run's models have no adversary.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Los modelos de esta ejecución no tienen adversario.</translation>
        </message>
        <message>
            <source>Tick the layers that hold its bands.</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>Marque las capas que contienen sus bandas.</translation>
        </message>
        <message>
            <source>Tiles appear on the map as they are finished.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Las teselas aparecen en el mapa al terminarse.</translation>
        </message>
        <message>
            <source>Tiles of its current stage are lost. Complete stages stay.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Se pierde lo que calculó de la etapa actual. Las etapas completas se quedan.</translation>
        </message>
        <message>
            <source>To begin at stage 2 or 3, name the run whose earlier stages to take.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Para empezar en la etapa 2 o 3, indique la ejecución de la que se toman las etapas anteriores.</translation>
        </message>
        <message>
            <source>To delete it: `gac models delete {}`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Para quitarlo: `gac models delete {}`.</translation>
        </message>
        <message>
            <source>To give each worker a GPU of its own, dask-cuda is needed, and not installed.</source>
            <translation type="vanished">Para dar a cada worker una GPU propia hace falta dask-cuda, que no está instalado.</translation>
        </message>
        <message>
            <source>To resume it, run the same algorithm with the same output folder.</source>
            <translation type="vanished">El mismo algoritmo con la misma carpeta de salida sigue con él.</translation>
        </message>
        <message>
            <source>Token</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Token</translation>
        </message>
        <message>
            <source>Train it again with this version of GAC.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Entrénela de nuevo con esta versión de GAC.</translation>
        </message>
        <message>
            <source>Train the part again with this version.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Entrene de nuevo la parte con esta versión.</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Coniferous Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques tropicales y subtropicales de coníferas</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Dry Broadleaf Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques secos tropicales y subtropicales de frondosas</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Grasslands, Savannas &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Pastizales, sabanas y matorrales tropicales y subtropicales</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Moist Broadleaf Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Bosques húmedos tropicales y subtropicales de frondosas</translation>
        </message>
        <message>
            <source>True colour</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Color verdadero</translation>
        </message>
        <message>
            <source>Try again; if it fails again, see Diagnostics… in the menu Raster, GAC.</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>Inténtelo de nuevo; si sigue así, vea Diagnóstico… en el menú Ráster, GAC.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, report it. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Inténtelo de nuevo; si sigue así, comuníquelo. {}</translation>
        </message>
        <message>
            <source>Try later, or another mirror (HF_ENDPOINT). {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Inténtelo más tarde, o con otro espejo (HF_ENDPOINT). {}</translation>
        </message>
        <message>
            <source>Try later. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Inténtelo más tarde. {}</translation>
        </message>
        <message>
            <source>Trying everything; the devices take a minute or more…</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Probando todo; los dispositivos tardan un minuto o más…</translation>
        </message>
        <message>
            <source>Trying everything; the devices take up to a minute…</source>
            <translation type="vanished">Probando todo; los dispositivos tardan hasta un minuto…</translation>
        </message>
        <message>
            <source>Trying it…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Probándolo…</translation>
        </message>
        <message>
            <source>Tundra</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tundra</translation>
        </message>
        <message>
            <source>Two different files would be {} in the bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Dos archivos distintos se llamarían {} en el paquete.</translation>
        </message>
        <message>
            <source>Two: generate, refine</source>
            <translation type="vanished">Dos: hasta refinar</translation>
        </message>
        <message>
            <source>Type its name again.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Escriba de nuevo su nombre.</translation>
        </message>
        <message>
            <source>Under the cursor</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Bajo el cursor</translation>
        </message>
        <message>
            <source>Understanding scene 1 of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Leyendo la escena 1 de {}</translation>
        </message>
        <message>
            <source>Understanding scene {} of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Leyendo la escena {} de {}</translation>
        </message>
        <message>
            <source>Unfinished run: {}</source>
            <translation type="vanished">Ejecución inacabada: {}</translation>
        </message>
        <message>
            <source>Unfinished: stage {} of {}, tile {} of {}</source>
            <translation type="vanished">Inacabada: etapa {} de {}, tesela {} de {}</translation>
        </message>
        <message>
            <source>Unfinished: {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Inacabada: {}</translation>
        </message>
        <message>
            <source>Unit</source>
            <extracomment>gac_core/contract/request.py, gac_core/scene/scene.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Unidad</translation>
        </message>
        <message>
            <source>Unit of the values: dB, linear power, or amplitude (the square root of power)</source>
            <translation type="vanished">Unidad de los valores: dB, potencia lineal o amplitud (la raíz cuadrada de la potencia)</translation>
        </message>
        <message>
            <source>Unknown</source>
            <extracomment>gac_core/contract/bands.py, gac_qgis_plugin/labels.py</extracomment>
            <translation>Desconocido</translation>
        </message>
        <message>
            <source>Unpack it, and give the folder (.zarr).</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Descomprímalo y dé la carpeta (.zarr).</translation>
        </message>
        <message>
            <source>Unpack it, and give the folder or the file in it.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Descomprímalo y dé la carpeta o el archivo que contiene.</translation>
        </message>
        <message>
            <source>Unpack it, and import the folder.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Descomprímalo e importe la carpeta.</translation>
        </message>
        <message>
            <source>Unpack that, and give what is in it.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Descomprima ese y dé lo que contiene.</translation>
        </message>
        <message>
            <source>Until then choose the device CPU.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Hasta entonces elija el dispositivo CPU.</translation>
        </message>
        <message>
            <source>Update</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Actualizar</translation>
        </message>
        <message>
            <source>Update GAC to resume it, choose another folder, or remove {}.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Actualice GAC para continuarla, elija otra carpeta, o elimine {}.</translation>
        </message>
        <message>
            <source>Update GAC, or fetch what fits this version.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Actualice GAC, o descargue lo que corresponda a esta versión.</translation>
        </message>
        <message>
            <source>Use</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Uso</translation>
        </message>
        <message>
            <source>Use 0, or a whole number from {} to 65535.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Use 0, o un número entero de {} a 65535.</translation>
        </message>
        <message>
            <source>Use nan or -9999.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Use nan o -9999.</translation>
        </message>
        <message>
            <source>Use of it</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Su uso</translation>
        </message>
        <message>
            <source>Use one line of up to {} characters.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Use una línea de hasta {} caracteres.</translation>
        </message>
        <message>
            <source>Use the GRD product of the same time, or have it made into RTC, for example by ASF HyP3.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Use el producto GRD de la misma fecha, o haga que lo conviertan en RTC, por ejemplo con ASF HyP3.</translation>
        </message>
        <message>
            <source>Use the button in GAC's panel to set it up. Or enter the Python of your own environment there under Advanced, Worker Python.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Abra el panel de GAC: un botón de allí se encarga. O indique allí, en Avanzado, Python, el Python de un entorno propio.</translation>
        </message>
        <message>
            <source>Use the processor</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Usar el procesador</translation>
        </message>
        <message>
            <source>Use up to 80 letters, digits, '.', '_' and '-'.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Use hasta 80 letras, cifras, «.», «_» y «-».</translation>
        </message>
        <message>
            <source>VH band</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Banda VH</translation>
        </message>
        <message>
            <source>VH band (empty: recognise)</source>
            <translation type="vanished">Banda VH (vacío: reconocer)</translation>
        </message>
        <message>
            <source>VH layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Capa VH</translation>
        </message>
        <message>
            <source>VH layer, if separate</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Capa VH, si está separada</translation>
        </message>
        <message>
            <source>VV and VH</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>VV y VH</translation>
        </message>
        <message>
            <source>VV and VH are of the same strength (medians {} and {} dB): they may be one polarisation on two dates. Check the bands.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV y VH tienen la misma intensidad (medianas {} y {} dB): puede ser una polarización en dos fechas. Compruebe las bandas.</translation>
        </message>
        <message>
            <source>VV and VH are of two dates: {}. What changed between them misleads.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV y VH son de dos fechas: {}. Lo que cambió entre ellas induce a error.</translation>
        </message>
        <message>
            <source>VV and VH are on different grids.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>VV y VH están en cuadrículas distintas.</translation>
        </message>
        <message>
            <source>VV and VH hold the same values: the same band may have been taken twice.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV y VH contienen los mismos valores: quizá se tomó dos veces la misma banda.</translation>
        </message>
        <message>
            <source>VV and VH look swapped: VH is the stronger one (median {} dB, VV {} dB).</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV y VH parecen intercambiadas: VH es la más fuerte (mediana {} dB, VV {} dB).</translation>
        </message>
        <message>
            <source>VV band</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Banda VV</translation>
        </message>
        <message>
            <source>VV band (empty: recognise)</source>
            <translation type="vanished">Banda VV (vacío: reconocer)</translation>
        </message>
        <message>
            <source>VV band {}, VH band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>VV banda {}, VH banda {}</translation>
        </message>
        <message>
            <source>VV is of an {} pass, VH of a {} one: they are of two scenes.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV es de una pasada {}, VH de una {}: son de dos escenas.</translation>
        </message>
        <message>
            <source>VV is of {}, VH of {}</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV es de {}, VH de {}</translation>
        </message>
        <message>
            <source>VV {}, VH {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>VV {}, VH {}</translation>
        </message>
        <message>
            <source>VV: band {}, VH: band {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>VV: banda {}, VH: banda {}</translation>
        </message>
        <message>
            <source>Value of pixels without radar data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>El valor de los píxeles para los que el radar no tiene datos</translation>
        </message>
        <message>
            <source>Values of the files: reflectance (0 to 1), or colours</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Qué son los valores de los archivos: reflectancia (de 0 a 1) o colores</translation>
        </message>
        <message>
            <source>Verify</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Verificar</translation>
        </message>
        <message>
            <source>Wait for the other window of QGIS to be done with it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Espere a que la otra ventana de QGIS termine con él.</translation>
        </message>
        <message>
            <source>Wait until it is complete and in its place, and run again.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>Espere a que esté completo y en su lugar, y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>Wait until it is done, or choose another output folder.</source>
            <extracomment>gac_core/engine/batch_folder.py, gac_core/engine/folder.py</extracomment>
            <translation>Espere a que termine, o elija otra carpeta de salida.</translation>
        </message>
        <message>
            <source>Wait until it is done, or stop it.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Espere a que termine, o párelo.</translation>
        </message>
        <message>
            <source>Wait until its files are complete, and begin in a new folder.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Espere a que sus archivos estén completos y empiece en una carpeta nueva.</translation>
        </message>
        <message>
            <source>Wait until its first blocks are complete.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Espere a que estén completos sus primeros bloques.</translation>
        </message>
        <message>
            <source>Waiting for the scheduler</source>
            <translation type="vanished">Esperando al planificador</translation>
        </message>
        <message>
            <source>Waiting for workers</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Esperando a los procesos de cálculo</translation>
        </message>
        <message>
            <source>Waiting for workers: Dask has paused them, their memory is full</source>
            <translation type="vanished">Esperando a los procesos de cálculo: Dask los ha pausado, su memoria está llena</translation>
        </message>
        <message>
            <source>What computes</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Lo que calcula</translation>
        </message>
        <message>
            <source>What is computed, in pixels of 10 m</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Lo que se calcula, en píxeles de 10 m</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Lo que muestra el mapa</translation>
        </message>
        <message>
            <source>What was recognised, and why</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Qué se reconoció, y por qué</translation>
        </message>
        <message>
            <source>Wheel folder</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Carpeta de wheels</translation>
        </message>
        <message>
            <source>When</source>
            <translation type="vanished">Cuándo</translation>
        </message>
        <message>
            <source>Where the adversary doubts it</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Dónde duda el adversario</translation>
        </message>
        <message>
            <source>Whole image</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Imagen completa</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Toda la capa</translation>
        </message>
        <message>
            <source>With an NVIDIA GPU: install a driver that knows CUDA {}.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Con una GPU NVIDIA: instale un controlador que conozca CUDA {}.</translation>
        </message>
        <message>
            <source>With changes from stage 2 on…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Con cambios desde la etapa 2…</translation>
        </message>
        <message>
            <source>With changes from stage 3 on…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Con cambios desde la etapa 3…</translation>
        </message>
        <message>
            <source>With changes…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Con cambios…</translation>
        </message>
        <message>
            <source>With its files; asks first</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Con sus archivos; pregunta antes</translation>
        </message>
        <message>
            <source>Worker</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Proceso de cálculo</translation>
        </message>
        <message>
            <source>Worker Python</source>
            <extracomment>gac_qgis_plugin/gui/options.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Python</translation>
        </message>
        <message>
            <source>Worker: loading its libraries…</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Proceso de cálculo: iniciado, cargando sus bibliotecas…</translation>
        </message>
        <message>
            <source>Worker: ready, computes on {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Proceso de cálculo: listo, calcula en {}</translation>
        </message>
        <message>
            <source>Worker: starting…</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Proceso de cálculo: iniciando…</translation>
        </message>
        <message>
            <source>Worker: stopped; it starts again with the next run.</source>
            <translation type="vanished">Proceso de cálculo: detenido; se inicia otra vez con la próxima ejecución.</translation>
        </message>
        <message>
            <source>Working on the environment…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Trabajando en el entorno…</translation>
        </message>
        <message>
            <source>You can close this window; the work continues.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Esta ventana puede cerrarse; el trabajo continúa.</translation>
        </message>
        <message>
            <source>You have no permission to read the file {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>No tiene permiso para leer el archivo {}.</translation>
        </message>
        <message>
            <source>You have no permission to read the radar file {}.</source>
            <translation type="vanished">No tiene permiso para leer el archivo de radar {}.</translation>
        </message>
        <message>
            <source>Your models live in {}; {:.0f} GB are free.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Sus modelos están en {}; hay {:.0f} GB libres.</translation>
        </message>
        <message>
            <source>Zoom</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Acercar</translation>
        </message>
        <message>
            <source>a colour picture</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>una imagen en color</translation>
        </message>
        <message>
            <source>a computation failed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>un cálculo falló.</translation>
        </message>
        <message>
            <source>a date such as 2021-07-06</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>una fecha como 2021-07-06</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>quedan unos segundos</translation>
        </message>
        <message>
            <source>a first image, from the radar alone</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>una primera imagen, solo a partir del radar</translation>
        </message>
        <message>
            <source>a folder of wheels (offline)</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>una carpeta de wheels (sin conexión)</translation>
        </message>
        <message>
            <source>a layer of radar geometry</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>una capa de geometría de radar</translation>
        </message>
        <message>
            <source>a map of layover and shadow</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un mapa de inversión por relieve y sombra</translation>
        </message>
        <message>
            <source>a map of the incidence angle</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un mapa del ángulo de incidencia</translation>
        </message>
        <message>
            <source>a map of the scattering area</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un mapa del área de dispersión</translation>
        </message>
        <message>
            <source>a mask</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>una máscara</translation>
        </message>
        <message>
            <source>a network of {} thousand million numbers is larger than any</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>una red de {} mil millones de números es mayor que cualquiera real</translation>
        </message>
        <message>
            <source>a new folder in {}</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>una carpeta nueva en {}</translation>
        </message>
        <message>
            <source>a number is too long</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>un número es demasiado largo</translation>
        </message>
        <message>
            <source>a package</source>
            <translation type="vanished">un paquete</translation>
        </message>
        <message>
            <source>a path or a name</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>una ruta o un nombre</translation>
        </message>
        <message>
            <source>a place that cannot be</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>una posición imposible</translation>
        </message>
        <message>
            <source>a raw Sentinel-1 product</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un producto Sentinel-1 en bruto</translation>
        </message>
        <message>
            <source>a raw Sentinel-1 {} product</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un producto {} de Sentinel-1 sin procesar</translation>
        </message>
        <message>
            <source>a second polarisation</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>una segunda polarización</translation>
        </message>
        <message>
            <source>a single band</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>una sola banda</translation>
        </message>
        <message>
            <source>a single band that is no radar ({})</source>
            <translation type="vanished">una sola banda que no es de radar ({})</translation>
        </message>
        <message>
            <source>a size that cannot be</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>un tamaño imposible</translation>
        </message>
        <message>
            <source>a table of contents that is larger than any</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>un índice mayor que cualquiera posible</translation>
        </message>
        <message>
            <source>a terrain model</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un modelo del terreno</translation>
        </message>
        <message>
            <source>a value in it is of the wrong kind</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>un valor es del tipo equivocado</translation>
        </message>
        <message>
            <source>a variable of the system hides it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>una variable del sistema la oculta.</translation>
        </message>
        <message>
            <source>a water map</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>un mapa de agua</translation>
        </message>
        <message>
            <source>about {:.1f} GB on the disk; {:.0f} GB are free.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>unos {:.1f} GB en el disco; hay {:.0f} GB libres.</translation>
        </message>
        <message>
            <source>about {:.1f} GB to fetch, </source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>unos {:.1f} GB por descargar, </translation>
        </message>
        <message>
            <source>about {} h {} min</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>unas {} h {} min</translation>
        </message>
        <message>
            <source>about {} h {} min left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>quedan unas {} h {} min</translation>
        </message>
        <message>
            <source>about {} min</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>unos {} min</translation>
        </message>
        <message>
            <source>about {} min left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>quedan unos {} min</translation>
        </message>
        <message>
            <source>about {} s</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>unos {} s</translation>
        </message>
        <message>
            <source>about {} s left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>quedan unos {} s</translation>
        </message>
        <message>
            <source>above {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>mayor que {} y hasta {}</translation>
        </message>
        <message>
            <source>adapter's configuration</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>configuración del adaptador</translation>
        </message>
        <message>
            <source>agreement of opt_v{} with the radar</source>
            <translation type="vanished">concordancia de opt_v{} con el radar</translation>
        </message>
        <message>
            <source>agreement with the radar</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>la concordancia con el radar</translation>
        </message>
        <message>
            <source>all over it</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>en toda ella</translation>
        </message>
        <message>
            <source>altered source's {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} de la fuente alterada</translation>
        </message>
        <message>
            <source>amplitude</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/units.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>amplitud</translation>
        </message>
        <message>
            <source>and {} more</source>
            <translation type="vanished">y {} más</translation>
        </message>
        <message>
            <source>and {} more, in summary.json</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>y {} más, en summary.json</translation>
        </message>
        <message>
            <source>another format</source>
            <extracomment>gac_core/engine/batch_plan.py, gac_core/engine/batch_state.py, gac_core/engine/stage_cache.py</extracomment>
            <translation>another format</translation>
        </message>
        <message>
            <source>area</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>área</translation>
        </message>
        <message>
            <source>as Landsat's Collection 2 has it</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>como en la Collection 2 de Landsat</translation>
        </message>
        <message>
            <source>as Landsat's Collection 2 has it: {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>como en la Collection 2 de Landsat: {}</translation>
        </message>
        <message>
            <source>as chosen</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/band_choice.py, gac_core/optical/masks.py, gac_core/optical/reference.py, gac_core/optical/reflectance.py, gac_core/optical/use.py, gac_core/scene/decisions.py, gac_core/scene/polarisation.py, gac_core/scene/units.py</extracomment>
            <translation>como se eligió</translation>
        </message>
        <message>
            <source>as many as fit</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>tantos como quepan</translation>
        </message>
        <message>
            <source>as the bundle needs</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>los que el paquete necesita</translation>
        </message>
        <message>
            <source>as the engine chooses</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>lo que elija el motor</translation>
        </message>
        <message>
            <source>as the file says</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>como dice el archivo</translation>
        </message>
        <message>
            <source>as the file says; {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>como dice el archivo; {}</translation>
        </message>
        <message>
            <source>as the mask's kind</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>según el tipo de máscara</translation>
        </message>
        <message>
            <source>as the product says</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>como dice el producto</translation>
        </message>
        <message>
            <source>assumed</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>supuesto</translation>
        </message>
        <message>
            <source>band B10, which level 2A lacks</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>banda B10, que el nivel 2A no tiene</translation>
        </message>
        <message>
            <source>band description</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>descripción de la banda</translation>
        </message>
        <message>
            <source>band unit</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>unidad de la banda</translation>
        </message>
        <message>
            <source>band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>banda {}</translation>
        </message>
        <message>
            <source>batch</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>lote</translation>
        </message>
        <message>
            <source>batch size</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>tamaño de lote</translation>
        </message>
        <message>
            <source>batch {}</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>lote {}</translation>
        </message>
        <message>
            <source>batches of {}, {}</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>lotes de {}, {}</translation>
        </message>
        <message>
            <source>being verified…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>verificándose…</translation>
        </message>
        <message>
            <source>bel, the logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>belios, el logaritmo de la potencia</translation>
        </message>
        <message>
            <source>below {} dB or above {} dB</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>por debajo de {} dB o por encima de {} dB</translation>
        </message>
        <message>
            <source>beside the project</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>junto al proyecto</translation>
        </message>
        <message>
            <source>biome</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>bioma</translation>
        </message>
        <message>
            <source>blended</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>mezclado</translation>
        </message>
        <message>
            <source>blended with what lies beside it ({} pixels round the holes)</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>mezclado con lo que hay al lado ({} píxeles alrededor de los huecos)</translation>
        </message>
        <message>
            <source>blended: generated, at the border</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>mezclado: generado, en el borde</translation>
        </message>
        <message>
            <source>blue</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>azul</translation>
        </message>
        <message>
            <source>brighter {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>más claro: {}</translation>
        </message>
        <message>
            <source>bundle</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>paquete</translation>
        </message>
        <message>
            <source>bundle's card</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>ficha del paquete</translation>
        </message>
        <message>
            <source>by its date</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>por su fecha</translation>
        </message>
        <message>
            <source>cannot be read ({})</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>no se puede leer ({})</translation>
        </message>
        <message>
            <source>centre</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>centro</translation>
        </message>
        <message>
            <source>choice of a folder</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>elección de carpeta</translation>
        </message>
        <message>
            <source>choose the VV band and the VH band yourself.</source>
            <translation type="vanished">elija usted mismo la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>chosen: {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>elegido: {}</translation>
        </message>
        <message>
            <source>clear</source>
            <extracomment>resources/styles/clear.qml</extracomment>
            <translation>despejado</translation>
        </message>
        <message>
            <source>clear pixels are kept</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>se conservan los píxeles despejados</translation>
        </message>
        <message>
            <source>clear values</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>valores de despejado</translation>
        </message>
        <message>
            <source>cloud mask</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>máscara de nubes</translation>
        </message>
        <message>
            <source>cloud mask (CLM)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>máscara de nubes (CLM)</translation>
        </message>
        <message>
            <source>cloud mask of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>máscara de nubes de otra fecha</translation>
        </message>
        <message>
            <source>cloud mask of the product (MSK_CLASSI)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>máscara de nubes del producto (MSK_CLASSI)</translation>
        </message>
        <message>
            <source>cloud, shadow, and the margin around</source>
            <extracomment>resources/styles/clear.qml</extracomment>
            <translation>nube, sombra y el margen alrededor</translation>
        </message>
        <message>
            <source>comes with GAC</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>viene con GAC</translation>
        </message>
        <message>
            <source>commit of 40 hexadecimal digits</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>commit de 40 cifras hexadecimales</translation>
        </message>
        <message>
            <source>complete</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>completo</translation>
        </message>
        <message>
            <source>complete with failures</source>
            <translation type="vanished">completo, con fallos</translation>
        </message>
        <message>
            <source>coordinate systems</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>sistemas de coordenadas</translation>
        </message>
        <message>
            <source>d MMMM yyyy</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>d 'de' MMMM 'de' yyyy</translation>
        </message>
        <message>
            <source>dB divided by 100</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>dB divididos por 100</translation>
        </message>
        <message>
            <source>dB, linear power, or amplitude (its square root)</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>dB, potencia lineal o amplitud (su raíz cuadrada)</translation>
        </message>
        <message>
            <source>damaged</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>dañado</translation>
        </message>
        <message>
            <source>darker {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>más oscuro: {}</translation>
        </message>
        <message>
            <source>date: not found</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>fecha: no encontrada</translation>
        </message>
        <message>
            <source>date: {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>fecha: {}</translation>
        </message>
        <message>
            <source>declared in the file: {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>declarado en el archivo: {}</translation>
        </message>
        <message>
            <source>declared, masked or NaN in {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>declarado, enmascarado o NaN en el {}</translation>
        </message>
        <message>
            <source>degrees</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>grados</translation>
        </message>
        <message>
            <source>deleting…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>borrándose…</translation>
        </message>
        <message>
            <source>detail is {}</source>
            <translation type="vanished">detail es {}</translation>
        </message>
        <message>
            <source>device</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>dispositivo</translation>
        </message>
        <message>
            <source>docs/architecture.md describes the worker's methods.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>docs/architecture.md describe los métodos del proceso de cálculo.</translation>
        </message>
        <message>
            <source>docs/architecture.md names the settings of a run.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>docs/architecture.md enumera los ajustes de una ejecución.</translation>
        </message>
        <message>
            <source>doubt in v{}</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>duda de v{}</translation>
        </message>
        <message>
            <source>doubt of the adversary in opt_v{}</source>
            <translation type="vanished">duda del adversario sobre opt_v{}</translation>
        </message>
        <message>
            <source>downloading…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>descargándose…</translation>
        </message>
        <message>
            <source>east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>este</translation>
        </message>
        <message>
            <source>extent of the radar</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>extensión del radar</translation>
        </message>
        <message>
            <source>extent's CRS</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>SRC de la extensión</translation>
        </message>
        <message>
            <source>few radar images look like that</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>pocas imágenes de radar son así</translation>
        </message>
        <message>
            <source>figure</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>figura</translation>
        </message>
        <message>
            <source>file name</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/masks.py, gac_core/scene/files.py</extracomment>
            <translation>nombre del archivo</translation>
        </message>
        <message>
            <source>file of scores</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>archivo de puntuaciones</translation>
        </message>
        <message>
            <source>first stage to compute</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>primera etapa que calcular</translation>
        </message>
        <message>
            <source>folder</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>carpeta</translation>
        </message>
        <message>
            <source>folder name</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/layers.py, gac_core/scene/files.py</extracomment>
            <translation>nombre de la carpeta</translation>
        </message>
        <message>
            <source>for the processor</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>para el procesador</translation>
        </message>
        <message>
            <source>found automatically</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>se busca por sí solo</translation>
        </message>
        <message>
            <source>found here, or fetched</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>se encuentra aquí, o se descarga</translation>
        </message>
        <message>
            <source>from the bundle</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>del paquete</translation>
        </message>
        <message>
            <source>from the colours of the bands</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>por los colores de las bandas</translation>
        </message>
        <message>
            <source>from the {}</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/band_choice.py, gac_core/scene/decisions.py</extracomment>
            <translation>de: {}</translation>
        </message>
        <message>
            <source>from {}</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>de {}</translation>
        </message>
        <message>
            <source>from {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>de {} a {}</translation>
        </message>
        <message>
            <source>generate</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>generar</translation>
        </message>
        <message>
            <source>generated</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>generado</translation>
        </message>
        <message>
            <source>generated from radar</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>generado a partir de radar</translation>
        </message>
        <message>
            <source>green</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>verde</translation>
        </message>
        <message>
            <source>grid</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>cuadrícula</translation>
        </message>
        <message>
            <source>ground</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>anclar</translation>
        </message>
        <message>
            <source>guides under the clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>guía bajo las nubes</translation>
        </message>
        <message>
            <source>harmonised, as the {} says</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>armonizado, según: {}</translation>
        </message>
        <message>
            <source>hash in its card</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>suma en su ficha</translation>
        </message>
        <message>
            <source>hash of the first download</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>suma de la primera descarga</translation>
        </message>
        <message>
            <source>home</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>carpeta personal</translation>
        </message>
        <message>
            <source>image/tiff; application=geotiff; profile=cloud-optimized</source>
            <translation type="vanished">image/tiff; application=geotiff; profile=cloud-optimized</translation>
        </message>
        <message>
            <source>importing…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>importándose…</translation>
        </message>
        <message>
            <source>in</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>en</translation>
        </message>
        <message>
            <source>in another folder</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>en otra carpeta</translation>
        </message>
        <message>
            <source>in radar geometry</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>en geometría de radar</translation>
        </message>
        <message>
            <source>in the folder for runs</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>en la carpeta de ejecuciones</translation>
        </message>
        <message>
            <source>in the same layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>en la misma capa</translation>
        </message>
        <message>
            <source>in your models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>en sus modelos</translation>
        </message>
        <message>
            <source>incomplete</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>incompleto</translation>
        </message>
        <message>
            <source>infinite</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>infinito</translation>
        </message>
        <message>
            <source>infinite, or too large to be measured, in {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>infinito, o demasiado grande para ser una medida, en el {}</translation>
        </message>
        <message>
            <source>input</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>entrada</translation>
        </message>
        <message>
            <source>integers with commas</source>
            <translation type="vanished">enteros separados por comas</translation>
        </message>
        <message>
            <source>it LOWERED {} from {} to {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} BAJÓ de {} a {}</translation>
        </message>
        <message>
            <source>it can be imported, but its record is missing</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>se puede importar, pero falta su registro</translation>
        </message>
        <message>
            <source>it computes something else than the processor.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>calcula algo distinto que el procesador.</translation>
        </message>
        <message>
            <source>it covers {} of the radar; clouds and shadows are grown by {} m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>cubre el {} del radar; nubes y sombras se amplían {} m</translation>
        </message>
        <message>
            <source>it ends early</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>termina antes de tiempo</translation>
        </message>
        <message>
            <source>it ends too early</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>termina antes de tiempo</translation>
        </message>
        <message>
            <source>it has another size than it was written with</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>tiene un tamaño distinto del que se escribió</translation>
        </message>
        <message>
            <source>it holds a number that is larger than any</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>contiene un número mayor que cualquiera posible</translation>
        </message>
        <message>
            <source>it holds far more than it can</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>contiene mucho más de lo que puede</translation>
        </message>
        <message>
            <source>it holds no settings</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>no contiene ajustes</translation>
        </message>
        <message>
            <source>it holds {}, which is no number</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>contiene {}, que no es un número</translation>
        </message>
        <message>
            <source>it holds {}{}</source>
            <translation type="vanished">contiene {}{}</translation>
        </message>
        <message>
            <source>it is larger than any that GAC writes</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>es mayor que cualquiera de los que escribe GAC</translation>
        </message>
        <message>
            <source>it is larger than {} MB</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>es mayor que {} MB</translation>
        </message>
        <message>
            <source>it is missing, or not a regular file</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>falta, o no es un archivo corriente</translation>
        </message>
        <message>
            <source>it is nested deeper than {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>está anidado a más de {} niveles</translation>
        </message>
        <message>
            <source>it is nested too deep</source>
            <extracomment>gac_core/bundles/card.py, gac_core/engine/batch_inputs.py, gac_core/io.py</extracomment>
            <translation>está anidado a demasiada profundidad</translation>
        </message>
        <message>
            <source>it is no plain LoRA</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>no es un LoRA simple</translation>
        </message>
        <message>
            <source>it is no raster, or one that GDAL does not know</source>
            <translation type="vanished">no es un ráster, o es uno que GDAL no conoce</translation>
        </message>
        <message>
            <source>it is not JSON (line {}: {})</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>no es JSON (línea {}: {})</translation>
        </message>
        <message>
            <source>it is not a raster, or of a format that GAC does not read</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>no es un ráster, o es de un formato que GAC no lee</translation>
        </message>
        <message>
            <source>it is not a regular file</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>no es un archivo corriente</translation>
        </message>
        <message>
            <source>it is not text</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>no es texto</translation>
        </message>
        <message>
            <source>it only guides</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>solo guía</translation>
        </message>
        <message>
            <source>it takes longer than {} seconds</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>tarda más de {} segundos</translation>
        </message>
        <message>
            <source>it was installed by half</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>se instaló a medias</translation>
        </message>
        <message>
            <source>its B10 is empty, and level 2A has none</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>su B10 está vacía, y el nivel 2A no la tiene</translation>
        </message>
        <message>
            <source>its card</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>su ficha</translation>
        </message>
        <message>
            <source>its checksum is another one</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>su suma de comprobación es otra</translation>
        </message>
        <message>
            <source>its content is not what its name says</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>su contenido no es lo que dice su nombre</translation>
        </message>
        <message>
            <source>its driver is too old.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>su controlador es demasiado antiguo.</translation>
        </message>
        <message>
            <source>its file {} is missing</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>falta su archivo {}</translation>
        </message>
        <message>
            <source>its file {} was changed</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>su archivo {} se modificó</translation>
        </message>
        <message>
            <source>its memory is full.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>su memoria está llena.</translation>
        </message>
        <message>
            <source>its ten bands are there</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>están sus diez bandas</translation>
        </message>
        <message>
            <source>kept in QGIS, encrypted</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>guardado en QGIS, cifrado</translation>
        </message>
        <message>
            <source>larger than {} MB</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>mayor que {} MB</translation>
        </message>
        <message>
            <source>less than 1</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>menos de 1</translation>
        </message>
        <message>
            <source>less than 1 %</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>menos del 1 %</translation>
        </message>
        <message>
            <source>licence</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>licencia</translation>
        </message>
        <message>
            <source>linear power</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/units.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>potencia lineal</translation>
        </message>
        <message>
            <source>margin around clouds</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>margen alrededor de las nubes</translation>
        </message>
        <message>
            <source>medians {} and {}, from {} to {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>medianas {} y {}, de {} a {}</translation>
        </message>
        <message>
            <source>metre</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>metros</translation>
        </message>
        <message>
            <source>missing</source>
            <extracomment>gac_core/networks/weights.py, gac_qgis_plugin/environment/build.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>no está aquí</translation>
        </message>
        <message>
            <source>modality</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>tipo de radar</translation>
        </message>
        <message>
            <source>modality is {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>modality es {}.</translation>
        </message>
        <message>
            <source>models</source>
            <extracomment>gac_core/engine/identity.py, gac_core/engine/spread.py</extracomment>
            <translation>modelos</translation>
        </message>
        <message>
            <source>models of stage 1</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>modelos de la etapa 1</translation>
        </message>
        <message>
            <source>models of stage 2</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>modelos de la etapa 2</translation>
        </message>
        <message>
            <source>month</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>mes</translation>
        </message>
        <message>
            <source>month {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>mes {}</translation>
        </message>
        <message>
            <source>most in the {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>sobre todo: {}</translation>
        </message>
        <message>
            <source>moving…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>moviéndose…</translation>
        </message>
        <message>
            <source>named by the environment variable GAC_PYTHON</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>indicado por la variable de entorno GAC_PYTHON</translation>
        </message>
        <message>
            <source>named in the {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>así nombradas: {}</translation>
        </message>
        <message>
            <source>names with commas</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>nombres separados por comas</translation>
        </message>
        <message>
            <source>near infrared</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>infrarrojo cercano</translation>
        </message>
        <message>
            <source>near row {}, column {}</source>
            <extracomment>gac_core/optical/layers.py, gac_core/scene/source.py</extracomment>
            <translation>cerca de la fila {}, columna {}</translation>
        </message>
        <message>
            <source>neither their level nor their speckle is that of a radar image</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>ni su nivel ni su moteado son los de una imagen de radar</translation>
        </message>
        <message>
            <source>newest commit</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>versión más nueva</translation>
        </message>
        <message>
            <source>no band has values below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>ninguna banda tiene valores menores que {}</translation>
        </message>
        <message>
            <source>no clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>sin nubes</translation>
        </message>
        <message>
            <source>no files</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>sin archivos</translation>
        </message>
        <message>
            <source>no hash known</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>sin suma conocida</translation>
        </message>
        <message>
            <source>no model bundle can run</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>ningún paquete de modelos puede ejecutarse</translation>
        </message>
        <message>
            <source>no place on Earth</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>ningún lugar de la Tierra</translation>
        </message>
        <message>
            <source>no signal is left in {}, which is kept as {} dB</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>en el {} no queda señal, que se conserva como {} dB</translation>
        </message>
        <message>
            <source>no tag and no name tells</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>ni etiqueta ni nombre lo dice</translation>
        </message>
        <message>
            <source>no tag and no name tells; the models are told that the month is unknown</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>ninguna etiqueta ni nombre lo dice; a los modelos se les dice que el mes es desconocido</translation>
        </message>
        <message>
            <source>nodata value</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>valor sin datos</translation>
        </message>
        <message>
            <source>none</source>
            <extracomment>gac_core/optical/reference.py, gac_core/optical/reflectance.py, gac_core/scene/decisions.py, gac_core/store/install.py, gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>ninguno</translation>
        </message>
        <message>
            <source>none: this computer computes batches</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>ninguno: este equipo calcula los lotes</translation>
        </message>
        <message>
            <source>north</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>norte</translation>
        </message>
        <message>
            <source>north-east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>nordeste</translation>
        </message>
        <message>
            <source>north-west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>noroeste</translation>
        </message>
        <message>
            <source>not a record of GAC</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>no es un registro de GAC</translation>
        </message>
        <message>
            <source>not a regular file</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>no es un archivo corriente</translation>
        </message>
        <message>
            <source>not all of it reached the disk</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>no todo llegó al disco</translation>
        </message>
        <message>
            <source>not computed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>no hecha</translation>
        </message>
        <message>
            <source>not defined here</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>no definido aquí</translation>
        </message>
        <message>
            <source>not earned</source>
            <translation type="vanished">not earned</translation>
        </message>
        <message>
            <source>not found</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>no encontrada</translation>
        </message>
        <message>
            <source>not known</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>no se conoce</translation>
        </message>
        <message>
            <source>not known to the model</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>desconocidos para el modelo</translation>
        </message>
        <message>
            <source>not recognized</source>
            <translation type="vanished">not recognized</translation>
        </message>
        <message>
            <source>not stored</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>ninguna parte</translation>
        </message>
        <message>
            <source>not terrain-flattened: {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>sin corrección radiométrica de terreno: {} ({})</translation>
        </message>
        <message>
            <source>nothing</source>
            <extracomment>gac_core/bundles/library.py, gac_core/engine/batch_inputs.py</extracomment>
            <translation>nada</translation>
        </message>
        <message>
            <source>nothing but {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>nada más que {} ({})</translation>
        </message>
        <message>
            <source>nothing is declared, and no fill value was found</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>no se declara nada, y no se halló ningún valor de relleno</translation>
        </message>
        <message>
            <source>nothing names them</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>nada las nombra</translation>
        </message>
        <message>
            <source>nothing names them, but band {} is the stronger one</source>
            <translation type="vanished">nada las nombra, pero la banda {} es la más fuerte</translation>
        </message>
        <message>
            <source>nothing names them, but {} is a usual order</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>nada las nombra, pero {} es un orden habitual</translation>
        </message>
        <message>
            <source>nothing names them, but {} is the stronger one</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>nada las nombra, pero {} es la más fuerte</translation>
        </message>
        <message>
            <source>nothing names them; VV usually comes first</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>nada las nombra; VV suele ir primero</translation>
        </message>
        <message>
            <source>nothing says otherwise</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>nada dice lo contrario</translation>
        </message>
        <message>
            <source>nothing says that it is terrain-flattened</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>nada dice que tenga corrección radiométrica de terreno</translation>
        </message>
        <message>
            <source>null byte</source>
            <translation type="vanished">byte nulo</translation>
        </message>
        <message>
            <source>observed</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>observado</translation>
        </message>
        <message>
            <source>observed lacks {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>A observed le faltan {}.</translation>
        </message>
        <message>
            <source>observed or generated</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>observado o generado</translation>
        </message>
        <message>
            <source>observed: Sentinel-2's own pixels</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>observado: píxeles de Sentinel-2</translation>
        </message>
        <message>
            <source>of another shape</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>de otra forma</translation>
        </message>
        <message>
            <source>offset is {}, no number of DN from -{} to {}</source>
            <translation type="vanished">offset es {}, no un número de DN de -{} a {}</translation>
        </message>
        <message>
            <source>one of the user's own, or the checkout's</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>uno propio del usuario, o el de la carpeta del código</translation>
        </message>
        <message>
            <source>only files, and addresses of http and https, are read</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>solo se leen archivos y direcciones http y https</translation>
        </message>
        <message>
            <source>only selected polygons</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>solo los seleccionados</translation>
        </message>
        <message>
            <source>only {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>solo {}</translation>
        </message>
        <message>
            <source>opt_v{} could not be exported.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>No se pudo exportar opt_v{}.</translation>
        </message>
        <message>
            <source>opt_v{} has no score: {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>opt_v{} no tiene puntuación: {}</translation>
        </message>
        <message>
            <source>opt_v{} · SYNTHETIC · being computed</source>
            <extracomment>gac_qgis_plugin/gui/live_tiles.py</extracomment>
            <translation>opt_v{} · SYNTHETIC · calculándose</translation>
        </message>
        <message>
            <source>opt_v{} · SYNTHETIC · preview</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>opt_v{} · SYNTHETIC · vista previa</translation>
        </message>
        <message>
            <source>opt_v{}: {:.2f} is above nearly all real images ({}): look for speckle.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>opt_v{}: {:.2f} supera a casi todas las imágenes reales ({}): busque moteado.</translation>
        </message>
        <message>
            <source>opt_v{}: {:.2f} is more than 95 of 100 real images reach ({}). Look for radar speckle in it.</source>
            <translation type="vanished">opt_v{}: {:.2f} es más de lo que alcanzan 95 de cada 100 imágenes reales ({}). Busque en ella moteado del radar.</translation>
        </message>
        <message>
            <source>optical bands</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>bandas ópticas</translation>
        </message>
        <message>
            <source>optical date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>fecha óptica</translation>
        </message>
        <message>
            <source>optical days</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>días (óptico)</translation>
        </message>
        <message>
            <source>optical file</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>archivo óptico</translation>
        </message>
        <message>
            <source>optical files</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>archivos ópticos</translation>
        </message>
        <message>
            <source>optical files of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>archivos ópticos de otra fecha</translation>
        </message>
        <message>
            <source>optical offset</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>desplazamiento óptico</translation>
        </message>
        <message>
            <source>optical reference</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>referencia óptica</translation>
        </message>
        <message>
            <source>optical scale</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>escala óptica</translation>
        </message>
        <message>
            <source>optical use</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>uso óptico</translation>
        </message>
        <message>
            <source>other was given, and observed was not.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Se dio other, pero no observed.</translation>
        </message>
        <message>
            <source>output folder</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>carpeta de salida</translation>
        </message>
        <message>
            <source>paused: {} downloaded so far</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>en pausa: {} descargados</translation>
        </message>
        <message>
            <source>pip, which fetches uv, cannot use a SOCKS proxy.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>pip, que descarga uv, no puede usar un proxy SOCKS.</translation>
        </message>
        <message>
            <source>place</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>lugar</translation>
        </message>
        <message>
            <source>place is {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>place es {}.</translation>
        </message>
        <message>
            <source>positions (by up to {} pixels)</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>posiciones (hasta en {} píxeles)</translation>
        </message>
        <message>
            <source>positions of {} tokens are more than {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>las posiciones de {} tokens son más de {}</translation>
        </message>
        <message>
            <source>processing baseline {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>línea base de procesamiento {}</translation>
        </message>
        <message>
            <source>quality bits of FORCE (QAI)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>bits de calidad de FORCE (QAI)</translation>
        </message>
        <message>
            <source>quality bits of Landsat (QA_PIXEL)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>bits de calidad de Landsat (QA_PIXEL)</translation>
        </message>
        <message>
            <source>quick</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>rápido</translation>
        </message>
        <message>
            <source>radar</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>radar</translation>
        </message>
        <message>
            <source>radar file</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>archivo de radar</translation>
        </message>
        <message>
            <source>radar files (sar)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>archivos de radar (sar)</translation>
        </message>
        <message>
            <source>reading of the input</source>
            <translation type="vanished">la lectura de la entrada</translation>
        </message>
        <message>
            <source>reading of the radar</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>la lectura del radar</translation>
        </message>
        <message>
            <source>ready, {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>listo, {}</translation>
        </message>
        <message>
            <source>real images</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>imágenes reales</translation>
        </message>
        <message>
            <source>recognise</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>reconocer</translation>
        </message>
        <message>
            <source>record of first downloads</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>registro de las primeras descargas</translation>
        </message>
        <message>
            <source>record of verified files</source>
            <extracomment>gac_core/store/listing.py</extracomment>
            <translation>registro de archivos verificados</translation>
        </message>
        <message>
            <source>red</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>rojo</translation>
        </message>
        <message>
            <source>refine</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>refinar</translation>
        </message>
        <message>
            <source>resampled to 10 m</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>remuestreados a 10 m</translation>
        </message>
        <message>
            <source>resampled to the radar's working grid of 10 m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>remuestreado a la cuadrícula de trabajo del radar, de 10 m</translation>
        </message>
        <message>
            <source>run to build upon</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>ejecución en la que basarse</translation>
        </message>
        <message>
            <source>running</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>en marcha</translation>
        </message>
        <message>
            <source>s2cloudless</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>s2cloudless</translation>
        </message>
        <message>
            <source>s2cloudless is not installed</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>s2cloudless no está instalado</translation>
        </message>
        <message>
            <source>scene classification (SCL)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>clasificación de escena (SCL)</translation>
        </message>
        <message>
            <source>seed</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>semilla</translation>
        </message>
        <message>
            <source>seed {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>semilla {}</translation>
        </message>
        <message>
            <source>set by you</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>indicado por usted</translation>
        </message>
        <message>
            <source>set in the GAC panel under Advanced</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>puesto en el panel GAC, en Avanzado</translation>
        </message>
        <message>
            <source>settings</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>ajustes</translation>
        </message>
        <message>
            <source>several are named: {}</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>se nombran varias: {}</translation>
        </message>
        <message>
            <source>sizes ({}x{} and {}x{})</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>tamaños ({}x{} y {}x{})</translation>
        </message>
        <message>
            <source>software</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>software</translation>
        </message>
        <message>
            <source>source's {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} de la fuente</translation>
        </message>
        <message>
            <source>south</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>sur</translation>
        </message>
        <message>
            <source>south-east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>sudeste</translation>
        </message>
        <message>
            <source>south-west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>sudoeste</translation>
        </message>
        <message>
            <source>spread</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>dispersión</translation>
        </message>
        <message>
            <source>spread of {} samples</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>dispersión de {} muestras</translation>
        </message>
        <message>
            <source>spread of {} samples of opt_v{}</source>
            <translation type="vanished">dispersión de {} muestras de opt_v{}</translation>
        </message>
        <message>
            <source>stage {} of {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>etapa {} de {}</translation>
        </message>
        <message>
            <source>stages</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>etapas</translation>
        </message>
        <message>
            <source>steps is {}</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>steps es {}</translation>
        </message>
        <message>
            <source>steps of stage 1</source>
            <translation type="vanished">pasos de la etapa 1</translation>
        </message>
        <message>
            <source>steps {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>pasos {}</translation>
        </message>
        <message>
            <source>surroundings</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>alrededores</translation>
        </message>
        <message>
            <source>tag {}</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/layers.py, gac_core/scene/dates.py, gac_core/scene/files.py</extracomment>
            <translation>etiqueta {}</translation>
        </message>
        <message>
            <source>temporary</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>temporal</translation>
        </message>
        <message>
            <source>ten times the natural logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>diez veces el logaritmo natural de la potencia</translation>
        </message>
        <message>
            <source>terrain-flattened: {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>con corrección radiométrica de terreno: {} ({})</translation>
        </message>
        <message>
            <source>that of the file</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>la del archivo</translation>
        </message>
        <message>
            <source>the GPU's memory</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>la memoria de la GPU</translation>
        </message>
        <message>
            <source>the HyP3 flag in the {} says {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>la marca de HyP3 ({}) dice {}</translation>
        </message>
        <message>
            <source>the Python package index</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>el índice de paquetes de Python</translation>
        </message>
        <message>
            <source>the band chosen for {} is named {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>la banda elegida para {} se llama {}</translation>
        </message>
        <message>
            <source>the best estimate of the values</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>la mejor estimación de los valores</translation>
        </message>
        <message>
            <source>the brightest hundredths are {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>las centésimas más claras son {}</translation>
        </message>
        <message>
            <source>the computer's memory</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>la memoria del equipo</translation>
        </message>
        <message>
            <source>the days between it and the radar are unknown</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>se desconocen los días entre ella y el radar</translation>
        </message>
        <message>
            <source>the diagnostics stopped after {}</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>el diagnóstico se interrumpió después de mirar {}</translation>
        </message>
        <message>
            <source>the file declares {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>el archivo declara {}</translation>
        </message>
        <message>
            <source>the file's pixels are {} x {} {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>los píxeles del archivo son de {} x {} {}</translation>
        </message>
        <message>
            <source>the files were given in this order; nothing in them names VV or VH</source>
            <translation type="vanished">los archivos se dieron en este orden; nada en ellos nombra VV o VH</translation>
        </message>
        <message>
            <source>the first download</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>la primera descarga</translation>
        </message>
        <message>
            <source>the folder has {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>la carpeta tiene {}</translation>
        </message>
        <message>
            <source>the logarithm of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>el logaritmo de la amplitud</translation>
        </message>
        <message>
            <source>the natural logarithm of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>el logaritmo natural de la amplitud</translation>
        </message>
        <message>
            <source>the natural logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>el logaritmo natural de la potencia</translation>
        </message>
        <message>
            <source>the package index's</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>la del índice de paquetes</translation>
        </message>
        <message>
            <source>the picture to read</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>la imagen para interpretar</translation>
        </message>
        <message>
            <source>the product's metadata</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>metadatos del producto</translation>
        </message>
        <message>
            <source>the product's metadata declare {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>los metadatos del producto declaran {}</translation>
        </message>
        <message>
            <source>the product's own polygons</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>los polígonos del propio producto</translation>
        </message>
        <message>
            <source>the root of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>la raíz de la amplitud</translation>
        </message>
        <message>
            <source>the scene is round {}</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>la escena está alrededor de {}</translation>
        </message>
        <message>
            <source>the server sends no raster, but perhaps a web page that asks to sign in</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>lo que envía el servidor no es un ráster, sino quizá una página web que pide iniciar sesión</translation>
        </message>
        <message>
            <source>the square of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>el cuadrado de la potencia</translation>
        </message>
        <message>
            <source>the system does not say why</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>el sistema no dice por qué</translation>
        </message>
        <message>
            <source>the system lets no file become so large</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>el sistema no permite un archivo tan grande</translation>
        </message>
        <message>
            <source>the value</source>
            <translation type="vanished">el valor</translation>
        </message>
        <message>
            <source>the value 0</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>el valor 0</translation>
        </message>
        <message>
            <source>the value 1 in both bands</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>el valor 1 en ambas bandas</translation>
        </message>
        <message>
            <source>the value {} in VV</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>el valor {} en VV</translation>
        </message>
        <message>
            <source>the value {} in both bands</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>el valor {} en ambas bandas</translation>
        </message>
        <message>
            <source>the value {} in {}</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/holes.py</extracomment>
            <translation>el valor {} en el {}</translation>
        </message>
        <message>
            <source>the values look like it ({})</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>los valores lo parecen ({})</translation>
        </message>
        <message>
            <source>the working grid is EPSG:{}, 10 m</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>la cuadrícula de trabajo es EPSG:{}, 10 m</translation>
        </message>
        <message>
            <source>the working grid is EPSG:{}, 10 m, the UTM zone that it lies in</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>la cuadrícula de trabajo es EPSG:{}, 10 m, la zona UTM en la que está</translation>
        </message>
        <message>
            <source>the {} says {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{}: dice {}</translation>
        </message>
        <message>
            <source>their speckle does not grow with the signal, as that of power and amplitude does. They may be dB that were normalised, or a coherence</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>su moteado no crece con la señal como el de la potencia y la amplitud. Pueden ser dB normalizados, o una coherencia</translation>
        </message>
        <message>
            <source>there is hardly a value that radar can measure</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>apenas hay valores que el radar pueda medir</translation>
        </message>
        <message>
            <source>there is no mask among its files</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>no hay ninguna máscara entre sus archivos</translation>
        </message>
        <message>
            <source>they are used as they are</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>se usan como están</translation>
        </message>
        <message>
            <source>they may be {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>pueden ser {}</translation>
        </message>
        <message>
            <source>this PyTorch ({}) is built for processors only</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>este PyTorch ({}) está hecho solo para procesadores</translation>
        </message>
        <message>
            <source>this PyTorch computes on the processor only.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>este PyTorch calcula solo en el procesador.</translation>
        </message>
        <message>
            <source>this build has no program for such a GPU.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>esta variante no tiene ningún programa para esa GPU.</translation>
        </message>
        <message>
            <source>tile {} of {}</source>
            <translation type="vanished">tesela {} de {}</translation>
        </message>
        <message>
            <source>tiles computed so far</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>lo que ha calculado hasta ahora</translation>
        </message>
        <message>
            <source>timesteps of stage 1</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>pasos de la etapa 1</translation>
        </message>
        <message>
            <source>timesteps of stage 3</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>pasos de la etapa 3</translation>
        </message>
        <message>
            <source>title</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>título</translation>
        </message>
        <message>
            <source>to be downloaded</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>por descargar</translation>
        </message>
        <message>
            <source>to be downloaded: {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>por descargar: {}</translation>
        </message>
        <message>
            <source>too low for an offset</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>demasiado bajos para un desplazamiento</translation>
        </message>
        <message>
            <source>too many headers</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>demasiadas cabeceras</translation>
        </message>
        <message>
            <source>trained part's card</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>ficha de la parte entrenada</translation>
        </message>
        <message>
            <source>unexpected content: {}</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>no como lo escribe GAC: {}</translation>
        </message>
        <message>
            <source>unfinished</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>inacabada</translation>
        </message>
        <message>
            <source>unit</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>unidad</translation>
        </message>
        <message>
            <source>unit: {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>unidad: {}</translation>
        </message>
        <message>
            <source>unknown</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/scene/decisions.py, gac_qgis_plugin/gui/scene_note.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>desconocido</translation>
        </message>
        <message>
            <source>unknown (psutil is missing)</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>desconocido (falta psutil)</translation>
        </message>
        <message>
            <source>values with commas</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>valores separados por comas</translation>
        </message>
        <message>
            <source>verified on {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>verificado el {}</translation>
        </message>
        <message>
            <source>version of GAC</source>
            <extracomment>gac_core/engine/identity.py, gac_core/engine/spread.py</extracomment>
            <translation>versión de GAC</translation>
        </message>
        <message>
            <source>v{} agreement</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} concordancia</translation>
        </message>
        <message>
            <source>v{} and radar</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} y radar</translation>
        </message>
        <message>
            <source>v{} doubt</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} duda</translation>
        </message>
        <message>
            <source>v{} · agreement with the radar (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} · concordancia con el radar (SYNTHETIC)</translation>
        </message>
        <message>
            <source>v{} · doubt of the adversary (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} · duda del adversario (SYNTHETIC)</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation type="vanished">en espera</translation>
        </message>
        <message>
            <source>west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>oeste</translation>
        </message>
        <message>
            <source>widths {}, depths {}</source>
            <extracomment>gac_core/networks/convnext.py</extracomment>
            <translation>anchuras {}, profundidades {}</translation>
        </message>
        <message>
            <source>with CUDA 12, for NVIDIA</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>con CUDA 12, para NVIDIA</translation>
        </message>
        <message>
            <source>with CUDA 12.6, for older NVIDIA GPUs</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>con CUDA 12.6, para GPU NVIDIA antiguas</translation>
        </message>
        <message>
            <source>with CUDA 13, for NVIDIA</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>con CUDA 13, para NVIDIA</translation>
        </message>
        <message>
            <source>with ROCm, for AMD</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>con ROCm, para AMD</translation>
        </message>
        <message>
            <source>with Sentinel-2</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>con Sentinel-2</translation>
        </message>
        <message>
            <source>with another date</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>con otra fecha</translation>
        </message>
        <message>
            <source>with holes</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>con huecos</translation>
        </message>
        <message>
            <source>without a code</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>sin código</translation>
        </message>
        <message>
            <source>without surroundings</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>sin alrededores</translation>
        </message>
        <message>
            <source>you chose so</source>
            <translation type="vanished">así se eligió</translation>
        </message>
        <message>
            <source>your share of the disk (quota) is used up</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>su cuota de disco está agotada</translation>
        </message>
        <message>
            <source>zip archive</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>archivo zip</translation>
        </message>
        <message>
            <source>{:g} cannot be the nodata value of uint16 reflectance.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{:g} no puede representar «sin datos» en reflectancia uint16.</translation>
        </message>
        <message>
            <source>{:g} cannot be the nodata value: it is a reflectance.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{:g} no puede representar «sin datos»: es una reflectancia.</translation>
        </message>
        <message>
            <source>{what} is not the file that it should be: its hash differs.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>{what} no es el archivo que debería ser: su hash difiere.</translation>
        </message>
        <message>
            <source>{} % of them are negative, and the others are not</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>el {} % de ellos son negativos, y los demás no</translation>
        </message>
        <message>
            <source>{} % surroundings</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} % alrededores</translation>
        </message>
        <message>
            <source>{} (0: auto)</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>{} (0: auto)</translation>
        </message>
        <message>
            <source>{} (0: {})</source>
            <translation type="vanished">{} (0: {})</translation>
        </message>
        <message>
            <source>{} (PyTorch {}); runs use the processor</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} (PyTorch {}); las ejecuciones usan el procesador</translation>
        </message>
        <message>
            <source>{} (by place)</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>{} (según el lugar)</translation>
        </message>
        <message>
            <source>{} (damaged)</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>{} (dañado)</translation>
        </message>
        <message>
            <source>{} (empty: {})</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>{} (vacío: {})</translation>
        </message>
        <message>
            <source>{} (not ready)</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>{} (no listo)</translation>
        </message>
        <message>
            <source>{} (times {} they are dB)</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} (multiplicados por {} son dB)</translation>
        </message>
        <message>
            <source>{} ({} of the scene)</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} ({} de la escena)</translation>
        </message>
        <message>
            <source>{} DN, taken off</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} DN, restado</translation>
        </message>
        <message>
            <source>{} Do not use a bundle unless you know its maker.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} No use un paquete a menos que sepa quién lo hizo.</translation>
        </message>
        <message>
            <source>{} GiB free in {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} GiB libres en {}</translation>
        </message>
        <message>
            <source>{} If it is {} all the same, choose its band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Si es {} de todos modos, elija usted mismo su banda.</translation>
        </message>
        <message>
            <source>{} If they are packed backscatter, declare its scale and offset in the file (gdal_edit.py -scale, -offset).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} Si son retrodispersión empaquetada, declare su escala y desplazamiento en el archivo (gdal_edit.py -scale, -offset).</translation>
        </message>
        <message>
            <source>{} If two of these bands are VV and VH, choose them yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Si dos de estas bandas son VV y VH, elíjalas usted mismo.</translation>
        </message>
        <message>
            <source>{} If {} is in a file of its own, give both files, and choose the {} band. If it is one of these, choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Si {} está en un archivo propio, dé ambos archivos y elija la banda {}. Si es una de estas, elija usted mismo la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>{} If {} is in a file of its own, give both files.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Si {} está en un archivo propio, dé ambos archivos.</translation>
        </message>
        <message>
            <source>{} The variable GAC_MODELS sets it.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>{} Así lo dice la variable GAC_MODELS.</translation>
        </message>
        <message>
            <source>{} To be rid of it: `gac models delete {}`.</source>
            <translation type="vanished">{} Para quitarlo: `gac models delete {}`.</translation>
        </message>
        <message>
            <source>{} To try all the same, choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Para probar de todos modos, elija usted mismo la banda VV y la banda VH.</translation>
        </message>
        <message>
            <source>{} Until then choose the device CPU.</source>
            <translation type="vanished">{} Hasta entonces elija el dispositivo CPU.</translation>
        </message>
        <message>
            <source>{} already holds another {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} ya contiene otro {}.</translation>
        </message>
        <message>
            <source>{} already holds the bundle {}.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} ya contiene el paquete {}.</translation>
        </message>
        <message>
            <source>{} already holds {}, and GAC did not make them.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>{} ya contiene {}, y GAC no los hizo.</translation>
        </message>
        <message>
            <source>{} already holds {}.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{} ya contiene {}.</translation>
        </message>
        <message>
            <source>{} and the {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} y {}</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <extracomment>gac_core/contract/message.py, gac_core/engine/stage_cache.py</extracomment>
            <translation>{} y {}</translation>
        </message>
        <message>
            <source>{} and {} are both {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} y {} son ambos {}.</translation>
        </message>
        <message>
            <source>{} and {} have different {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} y {} tienen distintos {}.</translation>
        </message>
        <message>
            <source>{} and {} in {} are the same: they are one band.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} y {} en {} son iguales: son una sola banda.</translation>
        </message>
        <message>
            <source>{} and {} lie in one another.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} y {} están una dentro de la otra.</translation>
        </message>
        <message>
            <source>{} and {} more</source>
            <extracomment>gac_core/networks/weights.py, gac_core/optical/clouds.py, gac_core/scene/files.py</extracomment>
            <translation>{} y {} más</translation>
        </message>
        <message>
            <source>{} answered {} for {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} respondió {} para {}.</translation>
        </message>
        <message>
            <source>{} are neither layers' names nor a pattern of GAC's own</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} no son nombres de capas ni un patrón de GAC</translation>
        </message>
        <message>
            <source>{} as the run {} begun {} computed them.</source>
            <translation type="vanished">{} tal como las calculó la ejecución {} iniciada {}.</translation>
        </message>
        <message>
            <source>{} band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} banda {}</translation>
        </message>
        <message>
            <source>{} bands were named, and the optical files have {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Se nombraron {} bandas, y los archivos ópticos tienen {}.</translation>
        </message>
        <message>
            <source>{} blurred by {} px</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>{} desenfocada {} px</translation>
        </message>
        <message>
            <source>{} bytes are too few for a worker.</source>
            <translation type="vanished">{} bytes son pocos para un worker.</translation>
        </message>
        <message>
            <source>{} can no longer be read {}: a part of the file is missing or damaged.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>{} ya no se puede leer {}: una parte del archivo falta o está dañada.</translation>
        </message>
        <message>
            <source>{} can no longer be read {}: {}.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>{} ya no se puede leer {}: {}.</translation>
        </message>
        <message>
            <source>{} can no longer be read: {}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>Ya no se puede leer {}: {}.</translation>
        </message>
        <message>
            <source>{} cannot be deleted: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>No se puede borrar {}: {}.</translation>
        </message>
        <message>
            <source>{} cannot be in dB as it is: its values lie around {}. They may be dB times {}, whose scale is not declared.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} no puede estar en dB tal como está: sus valores rondan {}. Pueden ser dB por {}, sin declarar la escala.</translation>
        </message>
        <message>
            <source>{} cannot be in {}: no radar image has such values ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} no puede estar en {}: ninguna imagen de radar tiene tales valores ({}).</translation>
        </message>
        <message>
            <source>{} cannot be linear {}: its values are mostly negative.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} no puede ser lineal ({}): sus valores son en su mayoría negativos.</translation>
        </message>
        <message>
            <source>{} cannot be placed on EPSG:{}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} no se puede situar en EPSG:{}.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its centre is at longitude {}, latitude {}.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} no puede situarse en una cuadrícula UTM: su centro está en longitud {}, latitud {}.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its outline lies outside its CRS.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} no puede situarse en una cuadrícula UTM: su contorno está fuera de su SRC.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its pixels have no sensible size there.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} no puede situarse en una cuadrícula UTM: sus píxeles no tienen allí un tamaño razonable.</translation>
        </message>
        <message>
            <source>{} cannot be reached, or broke the connection: {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>No se llega a {}, o se cortó: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read again: {}.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>No se puede volver a leer {}: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read as STAC items: {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>No se puede leer {} como items STAC: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read, or has no data.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>No se puede leer {}, o no tiene datos.</translation>
        </message>
        <message>
            <source>{} cannot be read.</source>
            <extracomment>gac_qgis_plugin/export/task.py, gac_qgis_plugin/rasters.py</extracomment>
            <translation>No se puede leer {}.</translation>
        </message>
        <message>
            <source>{} cannot be read: it is a pipe or a device.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>No se puede leer {}: es una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{} cannot be read: {}</source>
            <extracomment>gac_core/store/listing.py</extracomment>
            <translation>No se puede examinar {}: {}</translation>
        </message>
        <message>
            <source>{} cannot be read: {}.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/engine/maps.py, gac_core/raster/working_file.py, gac_core/store/archive.py, gac_core/store/integrity.py</extracomment>
            <translation>No se puede leer {}: {}.</translation>
        </message>
        <message>
            <source>{} cannot be the name of a bundle.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} no puede ser el nombre de un paquete.</translation>
        </message>
        <message>
            <source>{} cannot be unpacked: it is damaged.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>No se puede descomprimir {}: está dañado.</translation>
        </message>
        <message>
            <source>{} cannot be used for models: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>No se puede usar {} para modelos: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written to: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>No se puede escribir en {}: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <extracomment>gac_core/store/hub.py, gac_qgis_plugin/radar_layers.py, gac_qgis_plugin/rasters.py</extracomment>
            <translation>No se puede escribir {}: {}.</translation>
        </message>
        <message>
            <source>{} clear</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>{} despejado</translation>
        </message>
        <message>
            <source>{} could not be deleted: {}.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>No se pudo eliminar {}: {}.</translation>
        </message>
        <message>
            <source>{} could not be fetched: {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>No se pudo descargar {}: {}.</translation>
        </message>
        <message>
            <source>{} could not be written: its folder no longer exists.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>No se pudo escribir {}: su carpeta ya no está.</translation>
        </message>
        <message>
            <source>{} could not be written: the disk is full ({} free).</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>No se pudo escribir {}: el disco está lleno ({} libres).</translation>
        </message>
        <message>
            <source>{} could not be written: {} ({} free).</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>No se pudo escribir {}: {} ({} libres).</translation>
        </message>
        <message>
            <source>{} could not be written: {}.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>No se pudo escribir {}: {}.</translation>
        </message>
        <message>
            <source>{} could not make an environment.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>{} no pudo crear un entorno.</translation>
        </message>
        <message>
            <source>{} days between it and the radar; kept up to {}</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>{} días entre ella y el radar; se conserva hasta {}</translation>
        </message>
        <message>
            <source>{} difference</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>{} diferencia</translation>
        </message>
        <message>
            <source>{} does not belong there or is missing</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} sobra o falta</translation>
        </message>
        <message>
            <source>{} does not belong to the image.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>{} no corresponde a la imagen.</translation>
        </message>
        <message>
            <source>{} does not cover all of the image: what it leaves out ({}) counts as not clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} no cubre toda la imagen: lo que falta ({}) cuenta como no despejado.</translation>
        </message>
        <message>
            <source>{} does not exist, or is not a folder, zip or tar file.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} no está, o no es una carpeta ni un archivo zip o tar.</translation>
        </message>
        <message>
            <source>{} does not let {} be fetched without permission. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no deja descargar {} sin permiso. {}</translation>
        </message>
        <message>
            <source>{} does not name its bands, and their order is not the usual one: {}.</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>{} no nombra sus bandas, y su orden no es el habitual: {}.</translation>
        </message>
        <message>
            <source>{} does not name its bands: VV, VH assumed.</source>
            <translation type="vanished">{} no nombra sus bandas: se supone VV, VH.</translation>
        </message>
        <message>
            <source>{} does not name its bands: band {}, the stronger one, is taken as VV.</source>
            <translation type="vanished">{} no nombra sus bandas: la banda {}, la más fuerte, se toma como VV.</translation>
        </message>
        <message>
            <source>{} does not name its bands: they are taken as {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} no nombra sus bandas: se toman como {}.</translation>
        </message>
        <message>
            <source>{} does not name its bands: {}, the stronger one, is taken as VV.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} no nombra sus bandas: {}, la más fuerte, se toma como VV.</translation>
        </message>
        <message>
            <source>{} does not say how large {} is and of which commit, or says what cannot be.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no dice qué tamaño tiene {} y de qué versión es, o dice algo imposible.</translation>
        </message>
        <message>
            <source>{} does not say how large {} is, or of which commit.</source>
            <translation type="vanished">{} no dice qué tamaño tiene {}, o de qué versión es.</translation>
        </message>
        <message>
            <source>{} does not say where it lies.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} no dice dónde está situado.</translation>
        </message>
        <message>
            <source>{} does not say where it lies: it has no coordinate system or no position.</source>
            <extracomment>gac_core/optical/polygons.py, gac_core/scene/files.py</extracomment>
            <translation>{} no dice dónde está: no tiene sistema de coordenadas o posición.</translation>
        </message>
        <message>
            <source>{} does not say which of its {} bands are {}.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>{} no dice cuáles de sus {} bandas son {}.</translation>
        </message>
        <message>
            <source>{} failed.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>{} ha fallado.</translation>
        </message>
        <message>
            <source>{} files: {}, …</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>{} archivos: {}, …</translation>
        </message>
        <message>
            <source>{} from the run {} begun {}</source>
            <translation type="vanished">{} de la ejecución {}, iniciada {}</translation>
        </message>
        <message>
            <source>{} gives another {} than {}: SHA-256 {}…, not {}…. It was not installed.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{} da otro {} que {}: SHA-256 {}…, no {}…. No se instaló.</translation>
        </message>
        <message>
            <source>{} has 8 bits: its values are not reflectance.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} tiene 8 bits: sus valores no son reflectancia.</translation>
        </message>
        <message>
            <source>{} has a CRS of its own or of another planet: it cannot be carried onto the Earth's grid.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} tiene un SRC propio o de otro planeta: no puede llevarse a la cuadrícula de la Tierra.</translation>
        </message>
        <message>
            <source>{} has all its files.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{} tiene todos sus archivos.</translation>
        </message>
        <message>
            <source>{} has no band {}: it has {}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} no tiene la banda {}: tiene {}.</translation>
        </message>
        <message>
            <source>{} has no commit {} of {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no tiene la versión {} de {}.</translation>
        </message>
        <message>
            <source>{} has no display range to use.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} no tiene negro y blanco que se puedan tomar.</translation>
        </message>
        <message>
            <source>{} has no {}</source>
            <extracomment>gac_core/bundles/schema.py, gac_core/networks/weights.py</extracomment>
            <translation>{} no tiene {}</translation>
        </message>
        <message>
            <source>{} has no {} in {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no tiene {} en {}.</translation>
        </message>
        <message>
            <source>{} has none of the clear values {} here; it holds {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{} no tiene aquí ninguno de los valores de despejado {}; contiene {}.</translation>
        </message>
        <message>
            <source>{} has nothing in {} that could be deleted.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} no tiene en {} nada que se pueda borrar.</translation>
        </message>
        <message>
            <source>{} has pixels of {} x {} m: Sentinel-1 products have {} to {} m.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} tiene píxeles de {} x {} m: los productos de Sentinel-1 tienen de {} a {} m.</translation>
        </message>
        <message>
            <source>{} has pixels of {} x {} m: Sentinel-2 has 10 to 60 m.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>{} tiene píxeles de {} x {} m: Sentinel-2 tiene de 10 a 60 m.</translation>
        </message>
        <message>
            <source>{} has sent next to nothing for {} seconds.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no ha enviado casi nada en {} segundos.</translation>
        </message>
        <message>
            <source>{} has several layers: {}.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} tiene varias capas: {}.</translation>
        </message>
        <message>
            <source>{} has the SHA-256 {}…; public sources report {}…, which GAC could not verify. If results look wrong, compare it with the publisher's page.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>{} tiene el SHA-256 {}…; fuentes públicas indican {}…, que GAC no pudo verificar. Si los resultados parecen erróneos, compárelo con la página del editor.</translation>
        </message>
        <message>
            <source>{} has the shape {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>{} tiene la forma {}.</translation>
        </message>
        <message>
            <source>{} has two bands named {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} tiene dos bandas llamadas {}.</translation>
        </message>
        <message>
            <source>{} has {} bands and does not say which are VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} tiene {} bandas y no dice cuáles son VV y VH.</translation>
        </message>
        <message>
            <source>{} has {} bands and does not say which is {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} tiene {} bandas y no dice cuál es {}.</translation>
        </message>
        <message>
            <source>{} has {} bands named {}: {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} tiene {} bandas llamadas {}: {}.</translation>
        </message>
        <message>
            <source>{} has {} bands, and no name says which of them is the mask.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} tiene {} bandas, y ningún nombre dice cuál es la máscara.</translation>
        </message>
        <message>
            <source>{} holds a Zarr store, which GAC does not read in archives.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} contiene un almacén Zarr, que GAC no lee dentro de archivos comprimidos.</translation>
        </message>
        <message>
            <source>{} holds a batch with other settings.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} contiene un lote con otros ajustes.</translation>
        </message>
        <message>
            <source>{} holds a single band, and that is not radar ({}).</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene una sola banda, y no es de radar ({}).</translation>
        </message>
        <message>
            <source>{} holds a trained stage {}, not stage {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} contiene una etapa {} entrenada, no la etapa {}.</translation>
        </message>
        <message>
            <source>{} holds an unfinished run of a newer version of GAC.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>{} contiene una ejecución inacabada de una versión más reciente de GAC.</translation>
        </message>
        <message>
            <source>{} holds an unfinished run with other settings.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>{} contiene una ejecución inacabada con otros ajustes.</translation>
        </message>
        <message>
            <source>{} holds beta0 (radar brightness), as the {} says: some 2 dB above sigma0 and different across the swath.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} contiene beta0 (brillo de radar), lo dice: {}. Es unos 2 dB mayor que sigma0 y varía a lo ancho de la franja.</translation>
        </message>
        <message>
            <source>{} holds complex values (single-look complex, SLC).</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} contiene valores complejos (single-look complex, SLC).</translation>
        </message>
        <message>
            <source>{} holds complex values.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} contiene valores complejos.</translation>
        </message>
        <message>
            <source>{} holds integers ({}): digital numbers, not calibrated backscatter.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} contiene números enteros ({}): números digitales, no retrodispersión calibrada.</translation>
        </message>
        <message>
            <source>{} holds more than the bundle {}: {}.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} contiene más que el paquete {}: {}.</translation>
        </message>
        <message>
            <source>{} holds more than the bundle: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} contiene más que el paquete: {}.</translation>
        </message>
        <message>
            <source>{} holds more than {} files.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} contiene más de {} archivos.</translation>
        </message>
        <message>
            <source>{} holds more than {} polygons.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} contiene más de {} polígonos.</translation>
        </message>
        <message>
            <source>{} holds no bands of Sentinel-2.</source>
            <extracomment>gac_core/optical/band_choice.py, gac_core/optical/product.py</extracomment>
            <translation>{} no contiene bandas de Sentinel-2.</translation>
        </message>
        <message>
            <source>{} holds no bands, but another archive: {}.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} no contiene bandas, sino otro archivo comprimido: {}.</translation>
        </message>
        <message>
            <source>{} holds no bundle (no {}) and no published weights that GAC knows.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} no contiene ningún paquete (no hay {}) ni pesos publicados que GAC conozca.</translation>
        </message>
        <message>
            <source>{} holds no data where the radar lies: all of it is nodata.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{} no contiene datos donde está el radar: todo está sin datos.</translation>
        </message>
        <message>
            <source>{} holds no mask.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} no contiene ninguna máscara.</translation>
        </message>
        <message>
            <source>{} holds no measurement at all: every pixel is nodata.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>{} no contiene ninguna medida: todos los píxeles están sin datos.</translation>
        </message>
        <message>
            <source>{} holds no polygons: all counts as clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} no contiene polígonos: todo cuenta como despejado.</translation>
        </message>
        <message>
            <source>{} holds no radar file.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>{} no contiene ningún archivo de radar.</translation>
        </message>
        <message>
            <source>{} holds no stages to start from: the run did not keep them, is not finished, or is of another version of GAC.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>{} no contiene etapas desde las que seguir: la ejecución no las conservó, no ha terminado, o es de otra versión de GAC.</translation>
        </message>
        <message>
            <source>{} holds no uv {} for this system.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>{} no contiene ningún uv {} para este sistema.</translation>
        </message>
        <message>
            <source>{} holds only {}, as its name or tags say; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene solo {}, como dicen su nombre o sus etiquetas; falta {}.</translation>
        </message>
        <message>
            <source>{} holds only {}, with {}; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene solo {}, con {}; falta {}.</translation>
        </message>
        <message>
            <source>{} holds other things than a batch of GAC's.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} contiene otras cosas que no son un lote de GAC.</translation>
        </message>
        <message>
            <source>{} holds other things than an environment.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>{} contiene otras cosas que un entorno.</translation>
        </message>
        <message>
            <source>{} holds points or lines, not polygons of clouds.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} contiene puntos o líneas, no polígonos de nubes.</translation>
        </message>
        <message>
            <source>{} holds something that is not a bundle.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} contiene algo que no es un paquete.</translation>
        </message>
        <message>
            <source>{} holds the values {}: which of them are clear is not known.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{} contiene los valores {}: no se sabe cuáles son despejado.</translation>
        </message>
        <message>
            <source>{} holds values around {}: digital numbers, not calibrated backscatter.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} contiene valores alrededor de {}: números digitales, no retrodispersión calibrada.</translation>
        </message>
        <message>
            <source>{} holds values too large for half precision (in {}).</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>{} contiene valores demasiado grandes para la precisión media (en {}).</translation>
        </message>
        <message>
            <source>{} holds weights that training begins with, not the models of a run.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} contiene pesos con los que empieza un entrenamiento, no los modelos de una ejecución.</translation>
        </message>
        <message>
            <source>{} holds {} bundles: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} contiene {} paquetes: {}.</translation>
        </message>
        <message>
            <source>{} holds {} that this version of GAC does not use.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>{} contiene {} que esta versión de GAC no usa.</translation>
        </message>
        <message>
            <source>{} holds {} twice.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} contiene {} dos veces.</translation>
        </message>
        <message>
            <source>{} holds {}, which is a link or not a regular file.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} contiene {}, que es un enlace o no es un archivo corriente.</translation>
        </message>
        <message>
            <source>{} holds {}, which leads out of it.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} contiene {}, que lleva fuera.</translation>
        </message>
        <message>
            <source>{} holds {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene {}.</translation>
        </message>
        <message>
            <source>{} holds {}; it lacks {}.</source>
            <translation type="vanished">{} contiene {}; falta {}.</translation>
        </message>
        <message>
            <source>{} holds {}; the models only know VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene {}; los modelos solo conocen VV y VH.</translation>
        </message>
        <message>
            <source>{} holds {}; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} contiene {}; falta {}.</translation>
        </message>
        <message>
            <source>{} in the {}, which usually is terrain-flattened</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{} ({}), que suele tener corrección radiométrica de terreno</translation>
        </message>
        <message>
            <source>{} in {}</source>
            <extracomment>gac_core/doctor.py, gac_core/scene/decisions.py</extracomment>
            <translation>{} en {}</translation>
        </message>
        <message>
            <source>{} in {} is a link.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} en {} es un enlace.</translation>
        </message>
        <message>
            <source>{} in {} is not the {} bytes that it says.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} en {} no tiene los {} bytes que dice.</translation>
        </message>
        <message>
            <source>{} in {} is not {} as it should be: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} en {} no es {} como debe ser: su SHA-256 es {}…, no {}….</translation>
        </message>
        <message>
            <source>{} in {} is too large for a card.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} en {} es demasiado grande para una ficha.</translation>
        </message>
        <message>
            <source>{} in {} is {} everywhere: it is no band.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} en {} vale {} en todas partes: no es una banda.</translation>
        </message>
        <message>
            <source>{} in {} may not be read, and was left out.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Se omitió {} en {}: no hay permiso de lectura.</translation>
        </message>
        <message>
            <source>{} is Landsat's: its bands stand in for Sentinel-2's.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} es de Landsat: sus bandas sustituyen a las de Sentinel-2.</translation>
        </message>
        <message>
            <source>{} is SNAP's list of files (BEAM-DIMAP), not a raster, and the folder {} with the bands is not beside it.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es la lista de archivos de SNAP (BEAM-DIMAP), no un ráster, y la carpeta {} con las bandas no está al lado.</translation>
        </message>
        <message>
            <source>{} is SNAP's list of files (BEAM-DIMAP), not a raster.</source>
            <translation type="vanished">{} es la lista de archivos de SNAP (BEAM-DIMAP), no un ráster.</translation>
        </message>
        <message>
            <source>{} is a Zarr store in which GDAL {} sees no coordinate system: that of ESA's new products lies where it does not look.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} es un almacén Zarr en el que GDAL {} no ve ningún sistema de coordenadas: el de los nuevos productos de la ESA está donde no lo busca.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own.</source>
            <extracomment>gac_core/optical/layers.py, gac_core/scene/files.py</extracomment>
            <translation>{} es un contenedor sin bandas propias.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own; it holds {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} es un contenedor sin bandas propias; contiene {}.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own{}.</source>
            <translation type="vanished">{} es un contenedor sin bandas propias{}.</translation>
        </message>
        <message>
            <source>{} is a damaged virtual raster: {}.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} es un ráster virtual dañado: {}.</translation>
        </message>
        <message>
            <source>{} is a damaged zip archive.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es un archivo zip dañado.</translation>
        </message>
        <message>
            <source>{} is a link: GAC writes and removes files in its working folder, and would do so where the link leads.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>{} es un enlace: GAC escribe y elimina archivos en su carpeta de trabajo, y lo haría allí donde lleva el enlace.</translation>
        </message>
        <message>
            <source>{} is a mask, not backscatter.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} es una máscara, no retrodispersión.</translation>
        </message>
        <message>
            <source>{} is a virtual raster of more than {} MB.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} es un ráster virtual de más de {} MB.</translation>
        </message>
        <message>
            <source>{} is a {} with {} VV and {} VH files.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es un {} con {} archivos VV y {} VH.</translation>
        </message>
        <message>
            <source>{} is an 8-bit picture: stretched for display, its backscatter is lost.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} es una imagen de 8 bits: realzada para mostrarla, su retrodispersión se ha perdido.</translation>
        </message>
        <message>
            <source>{} is an 8-bit picture: stretched for display, its reflectance is lost.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} es una imagen de 8 bits: realzada para mostrarla, su reflectancia se ha perdido.</translation>
        </message>
        <message>
            <source>{} is an archive of a kind that GAC does not read.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} es un archivo comprimido de un tipo que GAC no lee.</translation>
        </message>
        <message>
            <source>{} is encrypted.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} está cifrado.</translation>
        </message>
        <message>
            <source>{} is in radar geometry: it has ground control points but is not geocoded.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} está en geometría de radar: tiene puntos de control pero no está geocodificado.</translation>
        </message>
        <message>
            <source>{} is in the way: GAC did not write it.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>{} estorba: GAC no lo escribió.</translation>
        </message>
        <message>
            <source>{} is made of a file that cannot be used. {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} se compone de un archivo que no se puede usar. {}</translation>
        </message>
        <message>
            <source>{} is made of more than {} files.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} se compone de más de {} archivos.</translation>
        </message>
        <message>
            <source>{} is made of virtual rasters in one another, more than {} deep.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} se compone de rásteres virtuales unos dentro de otros, con más de {} niveles.</translation>
        </message>
        <message>
            <source>{} is made of {}</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} se compone de {}</translation>
        </message>
        <message>
            <source>{} is made of {} (by way of {})</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} se compone de {} (por medio de {})</translation>
        </message>
        <message>
            <source>{} is made of {}, which does not exist.</source>
            <translation type="vanished">{} se compone de {}, que no existe.</translation>
        </message>
        <message>
            <source>{} is made of {}, which is made of it in turn.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} se compone de {}, que a su vez se compone de él.</translation>
        </message>
        <message>
            <source>{} is made of {}, which is no file but a pipe or a device.</source>
            <translation type="vanished">{} está formado por {}, que no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{} is made of {}{}</source>
            <translation type="vanished">{} se compone de {}{}</translation>
        </message>
        <message>
            <source>{} is missing</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>falta {}</translation>
        </message>
        <message>
            <source>{} is negative as dB is, {} is not</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{} es negativa como lo es dB, {} no</translation>
        </message>
        <message>
            <source>{} is neither in dB nor in linear power nor in amplitude ({}): {}.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} no está en dB, ni en potencia lineal, ni en amplitud ({}): {}.</translation>
        </message>
        <message>
            <source>{} is no longer there.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{} ya no está.</translation>
        </message>
        <message>
            <source>{} is no longer what the run wrote.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>{} ya no es lo que escribió la ejecución.</translation>
        </message>
        <message>
            <source>{} is no number that it can be</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} no es un número posible</translation>
        </message>
        <message>
            <source>{} is no observation: GAC generated it, or parts of it.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{} no es una observación: GAC la generó, o partes de ella.</translation>
        </message>
        <message>
            <source>{} is no rank</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} no es un rango</translation>
        </message>
        <message>
            <source>{} is no {}: the {} says {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} no es {} ({}: dice {}).</translation>
        </message>
        <message>
            <source>{} is not a Python that GAC's libraries work with.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>{} no es un Python con el que funcionen las bibliotecas de GAC.</translation>
        </message>
        <message>
            <source>{} is not a file name</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>{} no es un nombre de archivo</translation>
        </message>
        <message>
            <source>{} is not a file.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} no es un archivo.</translation>
        </message>
        <message>
            <source>{} is not a folder.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} no es una carpeta.</translation>
        </message>
        <message>
            <source>{} is not a list of statistics: it has {} MB.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} no es una lista de estadísticas: tiene {} MB.</translation>
        </message>
        <message>
            <source>{} is not a radar file.</source>
            <translation type="vanished">{} no es un archivo de radar.</translation>
        </message>
        <message>
            <source>{} is not in {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} no está en {}.</translation>
        </message>
        <message>
            <source>{} is not on a 10 m UTM grid.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} no está en una cuadrícula UTM de 10 m.</translation>
        </message>
        <message>
            <source>{} is not published anywhere that GAC knows.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} no está publicado en ningún sitio que GAC conozca.</translation>
        </message>
        <message>
            <source>{} is not the file that it should be: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} no es el archivo que debería ser: su SHA-256 es {}…, no {}….</translation>
        </message>
        <message>
            <source>{} is not used: GAC's environment has a PyTorch without CUDA.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>{} no se usa: el entorno de GAC tiene un PyTorch sin CUDA.</translation>
        </message>
        <message>
            <source>{} is of another format than this version of GAC reads ({}).</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} tiene un formato distinto del que lee esta versión de GAC ({}).</translation>
        </message>
        <message>
            <source>{} is of format {}, from an earlier version of GAC; this one reads format {}, in which stages 2 and 3 are other networks.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} tiene el formato {}, de una versión anterior de GAC; esta lee el formato {}, en el que las etapas 2 y 3 son otras redes.</translation>
        </message>
        <message>
            <source>{} is set</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} está definido</translation>
        </message>
        <message>
            <source>{} is stored in blocks of {} x {} pixels: to read any part of it takes {} GB of memory, of which {} GB are free.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} está guardado en bloques de {} x {} píxeles: leer cualquier parte requiere {} GB de memoria, y hay {} GB libres.</translation>
        </message>
        <message>
            <source>{} is there already, and GAC did not make it.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>{} ya está ahí, y GAC no lo hizo.</translation>
        </message>
        <message>
            <source>{} is there, but its compute capability {} is below the {} that CUDA {} needs: GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>{} está, pero su capacidad de cómputo {} es inferior a la {} que necesita CUDA {}: GAC calcula en el procesador.</translation>
        </message>
        <message>
            <source>{} is there, but its driver {} is too old for CUDA {}: GAC computes on the processor until you install driver {} or newer. Nothing else need be done then.</source>
            <translation type="vanished">{} está, pero su controlador {} es demasiado antiguo para CUDA {}: GAC calcula en el procesador hasta que instale el controlador {} o uno más nuevo. Después no hay que hacer nada más.</translation>
        </message>
        <message>
            <source>{} is there, but its driver {} is too old for CUDA {}: GAC computes on the processor. Install driver {} or newer and open this window again.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>{} está, pero su controlador {} es demasiado antiguo para CUDA {}: GAC calcula en el procesador. Instale el controlador {} o uno más nuevo y vuelva a abrir esta ventana.</translation>
        </message>
        <message>
            <source>{} is there, but the package index's PyTorch for this system knows no GPU: GAC computes on the processor. An environment of your own with a CUDA build of PyTorch can be named in the options, Worker Python.</source>
            <translation type="vanished">{} está, pero el PyTorch del índice de paquetes para este sistema no conoce ninguna GPU: GAC calcula en el procesador. Puede indicarse en las opciones, en Python, un entorno propio con un PyTorch para CUDA.</translation>
        </message>
        <message>
            <source>{} is too wide to be computed as a whole in one UTM zone.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>{} es demasiado ancha para calcularse entera en una zona UTM.</translation>
        </message>
        <message>
            <source>{} is undefined</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} no está definida</translation>
        </message>
        <message>
            <source>{} is {}</source>
            <extracomment>gac_core/bundles/part.py, gac_core/bundles/schema.py, gac_core/networks/bridge.py, gac_core/networks/weights.py</extracomment>
            <translation>{} es {}</translation>
        </message>
        <message>
            <source>{} is {}, neither true nor false</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} es {}, ni true ni false</translation>
        </message>
        <message>
            <source>{} is {}, no number {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} es {}, no un número {}</translation>
        </message>
        <message>
            <source>{} is {}, no repository on Hugging Face</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} es {}, no un repositorio de Hugging Face</translation>
        </message>
        <message>
            <source>{} is {}, no whole number from {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} es {}, no un entero de {} a {}</translation>
        </message>
        <message>
            <source>{} is {}, no {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} es {}, no un {}</translation>
        </message>
        <message>
            <source>{} is {}, not 2 or 3</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} es {}, no 2 ni 3</translation>
        </message>
        <message>
            <source>{} is {}, not backscatter.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es {}, no retrodispersión.</translation>
        </message>
        <message>
            <source>{} is {}, not {}</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>{} es {}, no {}</translation>
        </message>
        <message>
            <source>{} is {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/optical_options.py, gac_core/contract/options.py</extracomment>
            <translation>{} es {}.</translation>
        </message>
        <message>
            <source>{} is {}: complex values {}, not calibrated.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es {}: valores complejos {}, sin calibrar.</translation>
        </message>
        <message>
            <source>{} is {}: digital numbers {}, neither calibrated nor placed on the ground.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} es {}: números digitales {}, ni calibrados ni situados en el terreno.</translation>
        </message>
        <message>
            <source>{} lacks {}</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>a {} le falta {}</translation>
        </message>
        <message>
            <source>{} lies {} km from the radar.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{} está a {} km del radar.</translation>
        </message>
        <message>
            <source>{} m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>{} m</translation>
        </message>
        <message>
            <source>{} made with terramind.offset {} on the bundle's card; that of {} has {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} made with terramind.offset {} (ficha del paquete); la de {} tiene {}.</translation>
        </message>
        <message>
            <source>{} may be the file of several publishers: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} puede ser el archivo de varios editores: {}.</translation>
        </message>
        <message>
            <source>{} may be {} or {}</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{} puede ser {} o {}</translation>
        </message>
        <message>
            <source>{} names its bands {}, none of them VV or VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} llama a sus bandas {}, ninguna de ellas VV ni VH.</translation>
        </message>
        <message>
            <source>{} names its bands {}: which of Sentinel-2's they are is not known.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} llama a sus bandas {}: no se sabe cuáles de Sentinel-2 son.</translation>
        </message>
        <message>
            <source>{} no longer holds what GAC wrote: another program changed it, or the disk is failing.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} ya no contiene lo que escribió GAC: otro programa lo cambió, o el disco está fallando.</translation>
        </message>
        <message>
            <source>{} of its pixels are clear</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>el {} de sus píxeles está despejado</translation>
        </message>
        <message>
            <source>{} of models were moved; they live in {} from now on.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Se movieron {} de modelos; desde ahora están en {}.</translation>
        </message>
        <message>
            <source>{} of the bundle {} is not what its card says: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} del paquete {} no es lo que dice su ficha: su SHA-256 es {}…, no {}….</translation>
        </message>
        <message>
            <source>{} of the scene is nodata.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>El {} de la escena está sin datos.</translation>
        </message>
        <message>
            <source>{} of the visible values lie below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>el {} de los valores visibles es menor que {}</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>{} de {}</translation>
        </message>
        <message>
            <source>{} of {} GiB free</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} de {} GiB libres</translation>
        </message>
        <message>
            <source>{} of {} blocks and tiles lie around the area: they make its pixels the same in every run.</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} de {} bloques y teselas están alrededor del área: hacen que sus píxeles sean iguales en cada ejecución.</translation>
        </message>
        <message>
            <source>{} of {} in {} are 0 or less: the offset of {} DN seems to have been taken off twice.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>El {} de {} en {} es 0 o menos: parece que el desplazamiento de {} DN se restó dos veces.</translation>
        </message>
        <message>
            <source>{} of {} is missing, and is needed now.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>{} de {} no está, y hace falta ahora.</translation>
        </message>
        <message>
            <source>{} of {} is {}.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>{} de {} es {}.</translation>
        </message>
        <message>
            <source>{} optical files were given.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Se indicaron {} archivos ópticos.</translation>
        </message>
        <message>
            <source>{} or {}</source>
            <extracomment>gac_core/contract/message.py</extracomment>
            <translation>{} o {}</translation>
        </message>
        <message>
            <source>{} packages for Python {} in {}</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>{} paquetes para Python {} en {}</translation>
        </message>
        <message>
            <source>{} px, EPSG:{}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>{} px, EPSG:{}</translation>
        </message>
        <message>
            <source>{} retries were asked for.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Se pidieron {} reintentos.</translation>
        </message>
        <message>
            <source>{} rose from {} to {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} subió de {} a {}</translation>
        </message>
        <message>
            <source>{} scenes; {} of {} blocks; SYNTHETIC</source>
            <translation type="vanished">{} escenas; {} de {} bloques; SYNTHETIC</translation>
        </message>
        <message>
            <source>{} seeds were asked for.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Se pidieron {} semillas.</translation>
        </message>
        <message>
            <source>{} seems to mark what is clear, as the {} says.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} parece marcar lo despejado ({}).</translation>
        </message>
        <message>
            <source>{} sends more of {} than the {} bytes that it promised. It was not installed.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} envía más de {} que los {} bytes que prometió. No se instaló.</translation>
        </message>
        <message>
            <source>{} shows values from {:g} to {:g}, which are not reflectance.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} muestra valores de {:g} a {:g}, que no son reflectancia.</translation>
        </message>
        <message>
            <source>{} stayed at {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} se quedó en {}</translation>
        </message>
        <message>
            <source>{} stays: {} needs it.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} se queda: {} lo necesita.</translation>
        </message>
        <message>
            <source>{} takes band {} of {}, which has {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} toma la banda {} de {}, que tiene {}.</translation>
        </message>
        <message>
            <source>{} tensors</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>{} tensores</translation>
        </message>
        <message>
            <source>{} threads</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} hilos</translation>
        </message>
        <message>
            <source>{} was begun with other settings, files or software ({} differ).</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} se empezó con otros ajustes, archivos o software (difieren {}).</translation>
        </message>
        <message>
            <source>{} was damaged or missing. It was made again.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{} estaba dañado o ya no estaba. Se creó de nuevo.</translation>
        </message>
        <message>
            <source>{} was left out: nobody vouches for it. Import it by itself.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} se omitió: nadie responde de él. Impórtelo por separado.</translation>
        </message>
        <message>
            <source>{} widths and {} depths</source>
            <extracomment>gac_core/bundles/schema.py, gac_core/networks/convnext.py</extracomment>
            <translation>{} anchuras y {} profundidades</translation>
        </message>
        <message>
            <source>{} with {}</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>{} con {}</translation>
        </message>
        <message>
            <source>{} would hold only the values {}</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>{} solo contendría los valores {}</translation>
        </message>
        <message>
            <source>{} writes linear power ({} in the {})</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{} escribe potencia lineal ({}; {})</translation>
        </message>
        <message>
            <source>{} {:.1f} of {:.1f} GB free</source>
            <translation type="vanished">{} {:.1f} de {:.1f} GB libres</translation>
        </message>
        <message>
            <source>{} {} is missing</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>falta {} {}</translation>
        </message>
        <message>
            <source>{} {} is none of {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} {} no es ninguno de {}</translation>
        </message>
        <message>
            <source>{} {} is there, {} is needed</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>está {} {}, se necesita {}</translation>
        </message>
        <message>
            <source>{} {} of {} GB free</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} {} de {} GB libres</translation>
        </message>
        <message>
            <source>{} {} were asked for.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Se pidieron {} {}.</translation>
        </message>
        <message>
            <source>{} · difference (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>{} · diferencia (SYNTHETIC)</translation>
        </message>
        <message>
            <source>{}'s mean colour</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>el color medio de {}</translation>
        </message>
        <message>
            <source>{}'s {}</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>{} de {}</translation>
        </message>
        <message>
            <source>{}, as if an offset of {} were in them, but on {} there was none yet, unless it was processed again: choose the offset yourself if that is so.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}, como si llevaran un desplazamiento de {}, pero el {} aún no lo había, salvo que se reprocesara: en ese caso elija usted el desplazamiento.</translation>
        </message>
        <message>
            <source>{}, block {}, stage {}</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}, bloque {}, etapa {}</translation>
        </message>
        <message>
            <source>{}, clear where it is {}</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}, despejado donde es {}</translation>
        </message>
        <message>
            <source>{}, compute capability {}.{}, CUDA {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}, capacidad de cómputo {}.{}, CUDA {}</translation>
        </message>
        <message>
            <source>{}, which GDAL reads together with the file {}, is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{}, que GDAL lee junto con el archivo {}, no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{}, which GDAL reads together with the radar file {}, is not a file but a pipe or a device.</source>
            <translation type="vanished">{}, que GDAL lee junto con el archivo de radar {}, no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{}, which does not exist.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, que no existe.</translation>
        </message>
        <message>
            <source>{}, which is made of it in turn.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, que a su vez se compone de él.</translation>
        </message>
        <message>
            <source>{}, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, que no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{}, {} failed</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}, {} con fallo</translation>
        </message>
        <message>
            <source>{}, {} polygons</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}, {} polígonos</translation>
        </message>
        <message>
            <source>{}, {} processors</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}, {} procesadores</translation>
        </message>
        <message>
            <source>{}. GDAL reads {} with it, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}. GDAL lee con él {}, que no es un archivo, sino una tubería o un dispositivo.</translation>
        </message>
        <message>
            <source>{}: GAC's libraries are known to work with 3.11 to 3.13</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}: se sabe que las bibliotecas de GAC funcionan con 3.11 a 3.13</translation>
        </message>
        <message>
            <source>{}: VV and VH are in two units ({}).</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV y VH están en dos unidades ({}).</translation>
        </message>
        <message>
            <source>{}: VV and VH are of two dates: {}.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV y VH son de dos fechas: {}.</translation>
        </message>
        <message>
            <source>{}: VV is of an {} pass, VH of a {} one.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV es de una pasada {}, VH de una {}.</translation>
        </message>
        <message>
            <source>{}: VV, VH, VV/VH</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>{}: VV, VH, VV/VH</translation>
        </message>
        <message>
            <source>{}: day {} of the year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: día {} del año</translation>
        </message>
        <message>
            <source>{}: day, month, year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: día, mes, año</translation>
        </message>
        <message>
            <source>{}: deleted, {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{}: eliminado, {}.</translation>
        </message>
        <message>
            <source>{}: here already, commit {}, verified.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: ya está aquí, versión {}, verificado.</translation>
        </message>
        <message>
            <source>{}: imported into {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{}: importado en {}.</translation>
        </message>
        <message>
            <source>{}: its SHA-256 is the one that public sources report.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: su SHA-256 es el que indican las fuentes públicas.</translation>
        </message>
        <message>
            <source>{}: its bands declare several scales or offsets.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}: sus bandas declaran varias escalas o desplazamientos.</translation>
        </message>
        <message>
            <source>{}: month, day, year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: mes, día, año</translation>
        </message>
        <message>
            <source>{}: no values, or one everywhere; left out.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: sin valores, o el mismo en todas partes; se omite.</translation>
        </message>
        <message>
            <source>{}: nothing names VV and VH, and their medians ({} and {} dB) lie too close together to tell them apart. They may be two dates, or no backscatter.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{}: nada nombra VV y VH, y sus medianas ({} y {} dB) están demasiado cerca para distinguirlas. Pueden ser de dos fechas, o no ser retrodispersión.</translation>
        </message>
        <message>
            <source>{}: nothing names the bands, and {} have no usual order.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: nada nombra las bandas, y para {} no hay un orden habitual.</translation>
        </message>
        <message>
            <source>{}: nothing names {}, and what would be {} does not fit: the medians are {} dB in VV and {} dB in VH.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{}: nada nombra {}, y lo que sería {} no encaja: las medianas son {} dB en VV y {} dB en VH.</translation>
        </message>
        <message>
            <source>{}: nothing tells which pixels are clear: {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: nada dice qué píxeles están despejados: {}.</translation>
        </message>
        <message>
            <source>{}: of Sentinel-2's bands there are {}; missing: {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: de las bandas de Sentinel-2 están {}; faltan: {}.</translation>
        </message>
        <message>
            <source>{}: scores of Cloud Score+ lie between 0 and 1, not at {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: los valores de Cloud Score+ están entre 0 y 1, no en {}.</translation>
        </message>
        <message>
            <source>{}: set its date yourself.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{}: indique usted la fecha.</translation>
        </message>
        <message>
            <source>{}: the GPU's memory is too small even for one tile ({}); from there on the processor computed, which takes longer.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: la memoria de la GPU no alcanza ni para una tesela ({}); desde ahí calculó el procesador, que tarda más.</translation>
        </message>
        <message>
            <source>{}: the GPU's memory is too small for {} tiles at a time; {} were computed together.</source>
            <translation type="vanished">{}: la memoria de la GPU no alcanza para {} teselas a la vez; se calcularon {} juntas.</translation>
        </message>
        <message>
            <source>{}: the computer's memory is too small for {} tiles at a time; {} were computed together.</source>
            <translation type="vanished">{}: la memoria del ordenador no basta para {} teselas a la vez; se calcularon {} juntas.</translation>
        </message>
        <message>
            <source>{}: the same value everywhere. That is not a radar image.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: el mismo valor en todas partes. Eso no es una imagen de radar.</translation>
        </message>
        <message>
            <source>{}: the values (98 % below {}) do not show whether they are DN or reflectance.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}: los valores (98 % menores que {}) no dicen si son DN o reflectancia.</translation>
        </message>
        <message>
            <source>{}: the values do not show whether they are dB, power or amplitude ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{}: los valores no dicen si son dB, potencia o amplitud ({}).</translation>
        </message>
        <message>
            <source>{}: tiles suddenly took {} times as long as before. The GPU's memory is probably full, so that its driver moves it to the computer's: close other programs that use the GPU, or choose fewer tiles at a time.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: de pronto las teselas tardaron {} veces más que antes. Probablemente la memoria de la GPU está llena y su controlador la traslada a la del ordenador: cierre otros programas que usen la GPU o elija menos teselas a la vez.</translation>
        </message>
        <message>
            <source>{}: what was fetched so far is deleted, {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{}: se borró lo descargado hasta ahora, {}.</translation>
        </message>
        <message>
            <source>{}: what would be clear, 0, is {} times as bright as what would be clouds.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}: lo que sería despejado, 0, es {} veces más brillante que lo que serían nubes.</translation>
        </message>
        <message>
            <source>{}: {:.1f} s, GAC score {}</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>{}: {:.1f} s, índice GAC {}</translation>
        </message>
        <message>
            <source>{}: {:.2f} of {:.2f} GB</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>{}: {:.2f} de {:.2f} GB</translation>
        </message>
        <message>
            <source>{}: {} files verified, {} without a known hash.</source>
            <extracomment>gac_core/cli/models.py</extracomment>
            <translation>{}: {} archivos verificados, {} sin suma conocida.</translation>
        </message>
        <message>
            <source>{}: {} holds no data where the radar lies.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{}: {} no contiene datos donde está el radar.</translation>
        </message>
        <message>
            <source>{}: {} is no class of the scene classification (0 to 11).</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: {} no es una clase de la clasificación de escena (de 0 a 11).</translation>
        </message>
        <message>
            <source>{}: {} is too small for {} tiles at a time; {} were computed together.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: {} no alcanza para {} teselas a la vez; se calcularon {} juntas.</translation>
        </message>
        <message>
            <source>{}: {} of {} steps</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}: {} de {} pasos</translation>
        </message>
        <message>
            <source>{}: {}, but the values are not in that unit ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{}: {}, pero los valores no están en esa unidad ({}).</translation>
        </message>
        <message>
            <source>{}: {}, commit {}, verified.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: {}, versión {}, verificado.</translation>
        </message>
        <message>
            <source>{}: {}, imported.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{}: {}, importado.</translation>
        </message>
        <message>
            <source>{}; computed at 10 m in EPSG:{}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>{}; calculado a 10 m en EPSG:{}</translation>
        </message>
        <message>
            <source>{}; one tile failed: {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; falló una tesela: {}</translation>
        </message>
        <message>
            <source>{}; one tile of the demo scene through three stages in {} s</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; una tesela de la escena demo por las tres etapas en {} s</translation>
        </message>
        <message>
            <source>{}; runs use the processor</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; las ejecuciones usan el procesador</translation>
        </message>
    </context>
</TS>
