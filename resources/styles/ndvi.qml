<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology" version="3.22.0">
  <pipe>
    <provider>
      <resampling enabled="false" maxOversampling="2" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour"/>
    </provider>
    <rasterrenderer type="singlebandpseudocolor" band="5" alphaBand="-1" opacity="1" nodataColor="" classificationMin="-0.2" classificationMax="0.9">
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" labelPrecision="1" minimumValue="-0.2" maximumValue="0.9">
          <item alpha="255" color="#2f5597" label="-0.2 water" value="-0.2"/>
          <item alpha="255" color="#a9b8c9" label="0.0" value="0.0"/>
          <item alpha="255" color="#e6dcc0" label="0.1 bare" value="0.1"/>
          <item alpha="255" color="#e3e29a" label="0.3" value="0.3"/>
          <item alpha="255" color="#8cc665" label="0.5" value="0.5"/>
          <item alpha="255" color="#35913f" label="0.7 dense green" value="0.7"/>
          <item alpha="255" color="#0b4d22" label="0.9" value="0.9"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation colorizeOn="0" grayscaleMode="0" saturation="0" invertColors="0"/>
    <rasterresampler maxOversampling="2"/>
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
